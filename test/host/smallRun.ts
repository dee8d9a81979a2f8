import type { Database } from 'better-sqlite3';
import { getRunDetail } from '../../main/db/queries/runs.ts';
import { readAllPoints } from '../../main/db/series/read.ts';
import { defaultTrainingConfig, type TrainingConfig } from '../../shared/model/trainingConfig.ts';

/** A real run of a few seconds that needs no data files: long enough to be killed in the middle, with frequent checkpoints. */
export const smallRun: TrainingConfig = {
  ...defaultTrainingConfig,
  model: { kind: 'mlp', hidden: [32, 32] },
  dataset: { kind: 'gaussian-mixture', classes: 10, dimension: 32, trainSize: 2000, testSize: 500, separation: 2, seed: 1 },
  lr: 0.2,
  wd: 0.02,
  momentum: 0.5,
  batchSize: 64,
  steps: 1200,
  evaluateEvery: 100,
  trSigmaEvery: 10,
  checkpointEvery: 25,
};

/** Every point of every series that training itself determines; wall time is not one of them. */
export function pointsOf(db: Database, runId: string): Record<string, { steps: Float64Array; values: Float64Array }> {
  const names = getRunDetail(db, runId).metrics.map((metric) => metric.name);
  return Object.fromEntries(
    names.filter((name) => name !== 'time/wall_s').map((name) => [name, { ...readAllPoints(db, runId, name)! }]),
  );
}

/** The steps at which the run logs `metric` when nothing is lost and nothing comes twice. */
export function expectedSteps(config: TrainingConfig, metric: string): Float64Array {
  const every = metric.startsWith('test/')
    ? config.evaluateEvery
    : metric === 'si/tr_sigma'
      ? config.trSigmaEvery
      : config.logEvery;
  const steps = Array.from({ length: Math.ceil(config.steps / every) }, (_, i) => i * every);
  return Float64Array.from(metric.startsWith('test/') ? [...steps, config.steps] : steps);
}
