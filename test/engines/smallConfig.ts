import { defaultTrainingConfig, type TrainingConfig } from '../../shared/model/trainingConfig.ts';

/** A run of milliseconds: a small mlp on a Gaussian mixture. */
export const smallConfig: TrainingConfig = {
  ...defaultTrainingConfig,
  model: { kind: 'mlp', hidden: [12, 10] },
  dataset: { kind: 'gaussian-mixture', classes: 4, dimension: 8, trainSize: 200, testSize: 50, separation: 2, seed: 3 },
  batchSize: 20,
  steps: 40,
  evaluateEvery: 10,
  trSigmaEvery: 5,
  checkpointEvery: 1000,
};
