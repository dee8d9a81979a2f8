import type { RunSummary } from '../../shared/model/run.ts';
import type { ModelConfig, TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { intrinsicLearningRate } from '../../shared/theory/intrinsicLearningRate.ts';

/** What of a configuration has a column of its own. */
export type RunColumns = Pick<
  RunSummary,
  | 'lr'
  | 'wd'
  | 'weightDecayMode'
  | 'momentum'
  | 'intrinsicLr'
  | 'batchSize'
  | 'model'
  | 'dataset'
  | 'norm'
  | 'seed'
  | 'replica'
  | 'steps'
>;

function modelName(model: ModelConfig): string {
  switch (model.kind) {
    case 'mlp':
      return `mlp ${model.hidden.join('-')}`;
    case 'cnn4':
      return `cnn4 ${model.channels.join('-')}`;
    case 'preresnet':
      return `preresnet-${model.depth}`;
  }
}

export function trainingRunColumns(config: TrainingConfig): RunColumns {
  const { lr, wd, weightDecayMode, momentum, batchSize, seed, replica, steps, model, dataset, normalization } = config;
  return {
    lr,
    wd,
    weightDecayMode,
    momentum,
    intrinsicLr: intrinsicLearningRate(lr, wd, momentum, weightDecayMode),
    batchSize,
    model: modelName(model),
    dataset: dataset.kind,
    norm: normalization.affine ? `${normalization.kind}, affine` : normalization.kind,
    seed,
    replica,
    steps,
  };
}
