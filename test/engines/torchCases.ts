import { readFileSync } from 'node:fs';
import type { Batch } from '../../main/training/datasets/dataset.ts';
import type { TrainingConfig, WeightDecayMode } from '../../shared/model/trainingConfig.ts';

/** One case of test/fixtures/network/make_reference.py. */
export interface TorchCase {
  readonly name: string;
  readonly config: Pick<TrainingConfig, 'model' | 'normalization' | 'lastLayer'>;
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly batch: number;
  readonly steps: number;
  readonly lr: number;
  readonly wd: number;
  readonly momentum: number;
  readonly mode: WeightDecayMode;
  readonly parameters: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: readonly number[];
  }[];
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly losses: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly finalNorm2: Readonly<Record<string, number>>;
}

export const torchCases = JSON.parse(
  readFileSync(new URL('../fixtures/network/reference.json', import.meta.url), 'utf8'),
) as readonly TorchCase[];

export function batchOf(c: TorchCase, step: number): Batch {
  const size = c.inputs.length / c.labels.length;
  const targets = new Float32Array(c.batch * c.classes);
  for (let i = 0; i < c.batch; i++) targets[i * c.classes + c.labels[step * c.batch + i]!] = 1;
  return {
    count: c.batch,
    inputs: Float32Array.from(c.inputs.slice(step * c.batch * size, (step + 1) * c.batch * size)),
    targets,
  };
}
