import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openSession } from '../../main/training/session.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { loadBackend } from './backends.ts';
import { smallConfig } from './smallConfig.ts';

const convolutional: TrainingConfig = {
  ...smallConfig,
  model: { kind: 'preresnet', depth: 8, width: 2 },
  dataset: { kind: 'mnist', pool: 2 },
  normalization: { kind: 'batch', affine: true, epsilon: 1e-5 },
  lastLayer: 'trained',
  batchSize: 4,
};

describe('without leaving a tensor behind', () => {
  it.each([
    ['wasm', 'mlp', smallConfig],
    ['wasm', 'mlp with momentum', { ...smallConfig, momentum: 0.9 }],
    ['wasm', 'preresnet, affine, all trained', convolutional],
    ['cpu', 'mlp with momentum', { ...smallConfig, momentum: 0.9 }],
  ] as const)('the %s backend steps, evaluates and closes: %s', async (device, _, config) => {
    await loadBackend(device);
    const before = tf.memory();
    const { program, batches } = await openSession(config, null);
    const first = (count: number, from: Iterable<ReturnType<typeof batches.trainingBatch>>) => [...from].slice(0, count);
    const round = async (step: number): Promise<number> => {
      const noiseBatch = batches.noiseBatch(step);
      program.step(batches.trainingBatch(step), { step, lr: 0.1, wd: 0.01, measure: true, noiseBatch });
      program.step(batches.trainingBatch(step + 1), { step: step + 1, lr: 0.1, wd: 0, measure: false, noiseBatch: null });
      await program.read();
      await program.save();
      return tf.memory().numTensors;
    };
    const evaluate = () => program.evaluate(first(1, batches.statisticsBatches()), [batches.trainingBatch(0)]);
    await round(0);
    await evaluate();
    const settled = tf.memory().numTensors;
    for (let step = 2; step < 10; step += 2) expect(await round(step)).toBe(settled);
    await evaluate();
    expect(tf.memory().numTensors).toBe(settled);
    program.step(batches.trainingBatch(0), { step: 10, lr: 0.1, wd: 0.01, measure: true, noiseBatch: null });
    program.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});
