import type { DatasetConfig, FactorSchedule, ModelConfig, TrainingConfig } from '../../../shared/model/trainingConfig.ts';

/** Models, datasets and schedules as the form names them. */
export const modelNames: Readonly<Record<ModelConfig['kind'], string>> = {
  mlp: 'MLP',
  cnn4: '4-layer CNN',
  preresnet: 'PreResNet',
};

export const datasetNames: Readonly<Record<DatasetConfig['kind'], string>> = {
  mnist: 'MNIST',
  cifar10: 'CIFAR-10',
  'gaussian-mixture': 'Gaussian mixture',
};

export const scheduleNames: Readonly<Record<FactorSchedule['kind'], string>> = {
  constant: 'constant',
  steps: 'steps',
  cosine: 'cosine',
  exponential: 'exponential',
};

/** What the folded sections say. */
export function modelSummary({ model }: TrainingConfig): string {
  const size = model.kind === 'mlp' ? model.hidden.join('-') : model.kind === 'cnn4' ? model.channels.join('-') : model.depth;
  return `${modelNames[model.kind]} ${size}`;
}

export function datasetSummary({ dataset }: TrainingConfig): string {
  if (dataset.kind === 'mnist') return dataset.pool === 2 ? 'MNIST 14 × 14' : 'MNIST 28 × 28';
  return datasetNames[dataset.kind];
}

export function scheduleSummary({ schedule }: TrainingConfig): string {
  if (schedule.kind === 'label') return schedule.label;
  const { lr, wd, warmupSteps } = schedule;
  const parts = [
    lr.kind === wd.kind ? scheduleNames[lr.kind] : `η ${scheduleNames[lr.kind]}, λ ${scheduleNames[wd.kind]}`,
    ...(warmupSteps > 0 ? [`warm-up ${warmupSteps}`] : []),
  ];
  return parts.join(', ');
}
