import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ScaleInvariantGroup } from '../../shared/model/run.ts';
import type { Series } from '../../shared/model/series.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { buildNetwork } from '../../shared/network/buildNetwork.ts';
import type { NetworkGraph } from '../../shared/network/graph.ts';
import { initialValues } from '../../shared/network/initialValues.ts';
import { scheduleAt } from '../../shared/schedule/scheduleAt.ts';
import { createBatches } from './batches.ts';
import { decodeState, encodeState, type SavedState } from './checkpoint.ts';
import { loadDataset } from './datasets/loadDataset.ts';
import type { Program, StepResult } from './engines/program.ts';
import { detectGroups } from './engines/tfjs/probe.ts';
import { createTfjsProgram } from './engines/tfjs/program.ts';
import type { Checkpoint } from './messages.ts';
import { createPointBuffer } from './pointBuffer.ts';
import { recordStep } from './stepMetrics.ts';

const flushMs = 200;
/** Steps whose results are read in one transfer, and how long the first of them may wait. */
const readSteps = 32;
const readMs = 50;
/** Weights are looked at this often even when nothing is logged: a loss can stay finite over infinite weights. */
const checkEvery = 100;

export interface SessionListener {
  readonly started: (groups: readonly ScaleInvariantGroup[], stepsPerEpoch: number) => void;
  /** `step`: updates done. */
  readonly points: (step: number, series: Readonly<Record<string, Series>>, checkpoint: Checkpoint | null) => void;
  /** Asked at every step boundary. */
  readonly shouldStop: () => boolean;
}

export interface SessionEnd {
  readonly outcome: 'finished' | 'stopped' | 'diverged';
  readonly step: number;
}

function networkName(graph: NetworkGraph, { seed, replica, momentum }: TrainingConfig): string {
  const trained = graph.parameters.filter((p) => p.trained).map(({ name, shape }) => `${name}[${shape.join('x')}]`);
  return `${trained.join(' ')} seed ${seed} replica ${replica} momentum ${momentum > 0 ? 'on' : 'off'}`;
}

/** Everything of a run that exists before its first step. The backend must be loaded. */
export async function openSession(config: TrainingConfig, checkpoint: Checkpoint | null) {
  const dataset = loadDataset(config.dataset);
  const graph = buildNetwork(config, dataset.inputShape, dataset.classes);
  const batches = createBatches(dataset, config);
  const network = networkName(graph, config);
  const saved: SavedState | null = checkpoint && decodeState(checkpoint.bytes, network);
  const { seed, replica } = config;
  const groups = saved?.groups ?? (await detectGroups(graph, seed, replica, batches.probeBatch));
  const program = createTfjsProgram(graph, initialValues(graph, seed, replica), groups, config);
  if (saved) program.load(saved);
  return { batches, groups, network, program, step: saved?.step ?? 0, wallSeconds: saved?.wallSeconds ?? 0 };
}

function isFiniteResult({ loss, groups }: StepResult): boolean {
  return Number.isFinite(loss) && (groups ?? []).every(({ ww, gg }) => Number.isFinite(ww) && Number.isFinite(gg));
}

/**
 * Trains a run from its start or checkpoint to its end. Steps count from 0, and the values logged for step t are of the state
 * before update t; the test set is evaluated before update t when evaluateEvery divides t, and once more after the last
 * update, at t = steps. Ends early, at a step boundary, when asked to or when the loss or a weight is no longer finite.
 */
export async function train(
  config: TrainingConfig,
  checkpoint: Checkpoint | null,
  listener: SessionListener,
): Promise<SessionEnd> {
  const session = await openSession(config, checkpoint);
  try {
    listener.started(session.groups, session.batches.stepsPerEpoch);
    return await runSession(config, session, listener);
  } finally {
    session.program.dispose();
  }
}

async function runSession(
  config: TrainingConfig,
  session: Awaited<ReturnType<typeof openSession>>,
  listener: SessionListener,
): Promise<SessionEnd> {
  const { batches, groups, network, program } = session;
  const buffer = createPointBuffer();
  const startedAt = performance.now() - session.wallSeconds * 1000;
  const wallSeconds = (): number => (performance.now() - startedAt) / 1000;
  const wallAt = new Map<number, number>();
  let [lastFlush, lastRead, lastTurn] = [performance.now(), performance.now(), performance.now()];
  let unread = 0;
  let inFlight: ReturnType<Program['read']> | null = null;

  const isLogged = (t: number): boolean => t % config.logEvery === 0;
  const isNoise = (t: number): boolean => config.trSigmaEvery > 0 && t % config.trSigmaEvery === 0;
  const isDue = (t: number, every: number): boolean => every > 0 && t % every === 0;

  /** Records results; the step that diverged, or null. */
  const take = (results: readonly StepResult[]): number | null => {
    for (const result of results) {
      const { step } = result;
      const finite = isFiniteResult(result);
      if (isLogged(step) || isNoise(step) || !finite) {
        recordStep(result, config, groups, config.logGroups, buffer.record);
        buffer.record('time/wall_s', step, wallAt.get(step)!);
      }
      wallAt.delete(step);
      if (!finite) return step;
    }
    return null;
  };
  /** Starts reading the steps done and takes those read before: the device computes on meanwhile. */
  const exchange = async (): Promise<number | null> => {
    const earlier = inFlight;
    inFlight = program.read();
    [unread, lastRead] = [0, performance.now()];
    return earlier ? take(await earlier) : null;
  };
  const settle = async (): Promise<number | null> => {
    const first = await exchange();
    const rest = await inFlight!;
    inFlight = null;
    return first ?? take(rest);
  };
  const flush = (step: number, saved: Checkpoint | null = null): void => {
    listener.points(step, buffer.take(), saved);
    lastFlush = performance.now();
  };
  const save = async (step: number): Promise<Checkpoint> => {
    const seconds = wallSeconds();
    const bytes = encodeState({ ...(await program.save()), step, wallSeconds: seconds, groups, network });
    return { step, wallSeconds: seconds, bytes };
  };
  const evaluate = async (step: number): Promise<void> => {
    const { loss, accuracy } = await program.evaluate(batches.statisticsBatches(), batches.testBatches());
    buffer.record('test/loss', step, loss);
    buffer.record('test/accuracy', step, accuracy);
  };
  const diverged = (step: number): SessionEnd => {
    flush(step);
    return { outcome: 'diverged', step };
  };

  for (let step = session.step; step < config.steps; step++) {
    if (performance.now() - lastTurn > 10) {
      await nextTurn();
      lastTurn = performance.now();
    }
    if (listener.shouldStop()) {
      const bad = await settle();
      if (bad !== null) return diverged(bad);
      flush(step, await save(step));
      return { outcome: 'stopped', step };
    }
    if (isDue(step, config.evaluateEvery)) {
      const bad = await settle();
      if (bad !== null) return diverged(bad);
      await evaluate(step);
    }

    const { lr, wd } = scheduleAt(config.schedule, config.lr, config.wd, step, batches.stepsPerEpoch);
    const noise = isNoise(step);
    const measure = noise || isLogged(step) || step % checkEvery === 0;
    wallAt.set(step, wallSeconds());
    program.step(batches.trainingBatch(step), { step, lr, wd, measure, noiseBatch: noise ? batches.noiseBatch(step) : null });
    unread += 1;

    const done = step + 1;
    const checkpointDue = done % config.checkpointEvery === 0 && done < config.steps;
    const now = performance.now();
    if (checkpointDue) {
      const bad = await settle();
      if (bad !== null) return diverged(bad);
      flush(done, await save(done));
    } else if (unread >= readSteps || now - lastRead > readMs) {
      const bad = await exchange();
      if (bad !== null) return diverged(bad);
      if (now - lastFlush > flushMs) flush(done);
    }
  }

  const bad = await settle();
  if (bad !== null) return diverged(bad);
  await evaluate(config.steps);
  const { weights } = await program.save();
  if (!weights.every(Number.isFinite)) return diverged(config.steps);
  flush(config.steps);
  return { outcome: 'finished', step: config.steps };
}
