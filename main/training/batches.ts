import { EtalonError } from '../../shared/model/errors.ts';
import { epochOrder, randomBatch } from '../../shared/network/batchOrder.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { type Batch, type Dataset, takeBatch } from './datasets/dataset.ts';

/** Test images per forward pass. */
const evaluationBatch = 500;
/** About how many samples of the training set give batch norm its statistics for evaluation, in batches of the run's size. */
const wantedStatisticsSamples = 2048;
/** Small, so that finding scale-invariant groups is quick; gradients of few samples also differ more from each other. */
const probeBatch = 16;

/**
 * The batches of a run. Training goes through the training set in epochs of a new random order each; a last, incomplete batch
 * is left out, so that every batch has the same size (and the same noise). All are functions of seed, replica and step.
 * Throws `invalid-input` when the batch is larger than the training set.
 */
export function createBatches(
  dataset: Dataset,
  { batchSize, seed, replica }: Pick<TrainingConfig, 'batchSize' | 'seed' | 'replica'>,
) {
  const { train, test } = dataset;
  if (!(batchSize <= train.count)) {
    const message = `must be at most the size of the training set, ${train.count}`;
    throw new EtalonError('invalid-input', `batchSize: ${message}; got ${batchSize}`, {
      issues: [{ path: 'batchSize', message, received: String(batchSize) }],
    });
  }
  const stepsPerEpoch = Math.floor(train.count / batchSize);
  const statisticsCount = Math.min(stepsPerEpoch, Math.ceil(wantedStatisticsSamples / batchSize));
  let known: { readonly epoch: number; readonly order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) };

  function* statisticsBatches(most = Infinity): Generator<Batch, void> {
    for (let i = 0; i < Math.min(most, statisticsCount); i++) {
      yield takeBatch(
        dataset,
        train,
        Uint32Array.from({ length: batchSize }, (_, k) => i * batchSize + k),
      );
    }
  }
  function* testBatches(most = Infinity): Generator<Batch, void> {
    for (let from = 0; from < Math.min(test.count, most * evaluationBatch); from += evaluationBatch) {
      const count = Math.min(evaluationBatch, test.count - from);
      yield takeBatch(
        dataset,
        test,
        Uint32Array.from({ length: count }, (_, k) => from + k),
      );
    }
  }

  return {
    stepsPerEpoch,
    statisticsSamples: statisticsCount * batchSize,
    testSamples: test.count,
    trainingBatch: (step: number): Batch => {
      const epoch = Math.floor(step / stepsPerEpoch);
      if (epoch !== known.epoch) known = { epoch, order: epochOrder(train.count, seed, replica, epoch) };
      const from = (step % stepsPerEpoch) * batchSize;
      return takeBatch(dataset, train, known.order.subarray(from, from + batchSize));
    },
    /** Independent of the training batch of the same step. */
    noiseBatch: (step: number): Batch =>
      takeBatch(dataset, train, randomBatch(train.count, batchSize, seed, replica, 'noiseBatch', step)),
    probeBatch: (probe: number): Batch =>
      // Probe stream 0 is the point at which is probed.
      takeBatch(dataset, train, randomBatch(train.count, Math.min(probeBatch, train.count), seed, replica, 'probe', probe + 1)),
    statisticsBatches,
    testBatches,
  };
}

export type Batches = ReturnType<typeof createBatches>;
