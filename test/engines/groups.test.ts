import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBatches } from '../../main/training/batches.ts';
import { loadDataset } from '../../main/training/datasets/loadDataset.ts';
import { gradientsOf } from '../../main/training/engines/tfjs/gradients.ts';
import { detectGroups } from '../../main/training/engines/tfjs/probe.ts';
import type { ModelConfig } from '../../shared/model/trainingConfig.ts';
import { buildNetwork } from '../../shared/network/buildNetwork.ts';
import type { NetworkGraph } from '../../shared/network/graph.ts';
import { initialValues } from '../../shared/network/initialValues.ts';
import { loadBackend } from './backends.ts';

beforeAll(async () => {
  await loadBackend('wasm');
});

const dataset = loadDataset({ kind: 'mnist', pool: 2 });
const batches = createBatches(dataset, { batchSize: 32, seed: 0, replica: 0 });
const mlp: ModelConfig = { kind: 'mlp', hidden: [16, 12] };
const cnn4: ModelConfig = { kind: 'cnn4', channels: [3, 4, 5, 6] };
const preresnet14: ModelConfig = { kind: 'preresnet', depth: 14, width: 3 };

function network(model: ModelConfig, affine: boolean, lastLayer: 'fixed' | 'trained'): NetworkGraph {
  const normalization = { kind: 'batch', affine, epsilon: 1e-5 } as const;
  return buildNetwork({ model, normalization, lastLayer }, dataset.inputShape, dataset.classes);
}

const detect = (graph: NetworkGraph) => detectGroups(graph, 0, 0, batches.probeBatch);
const weights = (...names: string[]): string[] => names.map((name) => `${name}.weight`);

/** What each network's structure implies, worked out by hand (theory: what feeds only normalized layers is scale-invariant). */
const stream = [
  weights('stem', 'stage1.block1.conv2', 'stage1.block2.conv2'),
  weights('stage2.block1.conv2', 'stage2.block1.shortcut', 'stage2.block2.conv2'),
  weights('stage3.block1.conv2', 'stage3.block1.shortcut', 'stage3.block2.conv2'),
];
const inner = [1, 2, 3].flatMap((stage) => [1, 2].map((block) => weights(`stage${stage}.block${block}.conv1`)));
// Where the shortcut is x itself, the first norm of a block feeds nothing but a normalized convolution.
const norms = ['stage1.block1', 'stage1.block2', 'stage2.block2', 'stage3.block2'].map((block) => [
  `${block}.norm1.scale`,
  `${block}.norm1.bias`,
]);

describe('scale-invariant groups', () => {
  it.each([
    ['mlp', mlp, false, 'fixed', [weights('hidden1'), weights('hidden2')]],
    ['mlp with its last layer trained', mlp, false, 'trained', [weights('hidden1'), weights('hidden2')]],
    ['mlp, affine', mlp, true, 'fixed', [weights('hidden1'), ['norm1.scale', 'norm1.bias'], weights('hidden2')]],
    ['cnn4', cnn4, false, 'fixed', [1, 2, 3, 4].map((i) => weights(`conv${i}`))],
    [
      'cnn4, affine, last layer trained',
      cnn4,
      true,
      'trained',
      [1, 2, 3, 4].flatMap((i) => [weights(`conv${i}`), ...(i < 4 ? [[`norm${i}.scale`, `norm${i}.bias`]] : [])]),
    ],
    ['preresnet14: inner convolutions alone, residual streams together', preresnet14, false, 'fixed', [...stream, ...inner]],
    ['preresnet14, affine, last layer trained', preresnet14, true, 'trained', [...stream, ...inner, ...norms]],
  ] as const)('of %s are those its structure implies', async (_, model, affine, lastLayer, expected) => {
    const found = (await detect(network(model, affine, lastLayer))).map(({ parameters }) => [...parameters]);
    const sorted = (groups: readonly (readonly string[])[]): string[] => groups.map((group) => group.join(' ')).sort();
    expect(sorted(found)).toEqual(sorted(expected));
  });

  it('are found with a residual near rounding, far below the tolerance', async () => {
    for (const { residual } of await detect(network(preresnet14, false, 'fixed'))) expect(residual).toBeLessThan(1e-5);
  });

  it('leave the loss as it is when they are scaled, each by itself; other weights do not', async () => {
    const graph = network(preresnet14, true, 'trained');
    const groups = await detect(graph);
    const start = initialValues(graph, 0, 0);
    const lossWith = async (scaled: readonly string[], factor: number): Promise<number> => {
      const parameters = graph.parameters.map(({ name, shape }, i) =>
        tf.tensor(scaled.includes(name) ? start[i]!.map((w) => factor * w) : start[i]!, [...shape]),
      );
      const { lossSum, correct, gradients } = gradientsOf(graph, parameters, batches.trainingBatch(0));
      const [loss] = await lossSum.data();
      tf.dispose([lossSum, correct, ...parameters, ...gradients.filter((g) => g !== null)]);
      return loss! / 32;
    };
    const plain = await lossWith([], 1);
    for (const { parameters } of groups) expect((await lossWith(parameters, 3)) - plain).toBeCloseTo(0, 3);
    expect(Math.abs((await lossWith(['head.weight'], 3)) - plain)).toBeGreaterThan(0.1);
    expect(Math.abs((await lossWith(['stem.weight'], 3)) - plain)).toBeGreaterThan(0.01);
  });
});
