import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { openSession } from './session.ts';

const warmUpSteps = 3;
const budgetMs = 1000;
const maxSteps = 50;

/**
 * Mean seconds per step of a run with this config on the loaded backend: steps, and its share of noise batches and evaluations.
 * Takes about a second beyond loading the data; stores nothing.
 */
export async function timeSteps(config: TrainingConfig): Promise<number> {
  const { program, batches } = await openSession(config, null);
  const seconds = async (work: () => void | Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    await program.read();
    return (performance.now() - start) / 1000;
  };
  const step = (t: number, withNoise: boolean): void => {
    const measure = withNoise || t % config.logEvery === 0;
    const noiseBatch = withNoise ? batches.noiseBatch(t) : null;
    program.step(batches.trainingBatch(t), { step: t, lr: config.lr, wd: config.wd, measure, noiseBatch });
  };
  /** One batch of each kind, scaled to all samples: a whole evaluation can take minutes on a slow device. */
  const timeEvaluation = async (): Promise<number> => {
    const [statistics] = [...batches.statisticsBatches(1)];
    const [test] = [...batches.testBatches(1)];
    if (!statistics || !test) return 0;
    const { statisticsSamples, testSamples } = batches;
    const part = await seconds(() => program.evaluate([statistics], [test]));
    return (part * (statisticsSamples + testSamples)) / (statistics.count + test.count);
  };
  try {
    let [total, steps] = [0, 0];
    for (let t = 0; t < warmUpSteps && total * 1000 < budgetMs; t++) total += await seconds(() => step(t, false));
    total = 0;
    while (steps < maxSteps && (steps === 0 || total * 1000 < budgetMs)) {
      total += await seconds(() => step(warmUpSteps + steps, false));
      steps += 1;
    }
    const plain = total / steps;
    const noise = config.trSigmaEvery > 0 ? (await seconds(() => step(0, true))) - plain : 0;
    const evaluation = await timeEvaluation();
    const evaluations = 1 + (config.evaluateEvery > 0 ? Math.ceil(config.steps / config.evaluateEvery) : 0);
    const noiseShare = config.trSigmaEvery > 0 ? Math.max(0, noise) / config.trSigmaEvery : 0;
    return plain + noiseShare + (evaluation * evaluations) / config.steps;
  } finally {
    program.dispose();
  }
}
