import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../main/training/datasets/dataset.ts';
import { gradientsOf } from '../../main/training/engines/tfjs/gradients.ts';
import { createTfjsProgram } from '../../main/training/engines/tfjs/program.ts';
import type { TrainingConfig, WeightDecayMode } from '../../shared/model/trainingConfig.ts';
import { buildNetwork } from '../../shared/network/buildNetwork.ts';
import { alwaysThere, loadBackend, relativeDifference } from './backends.ts';

interface Case {
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

const cases = JSON.parse(readFileSync(new URL('../fixtures/network/reference.json', import.meta.url), 'utf8')) as Case[];

function batchOf(c: Case, step: number): Batch {
  const size = c.inputs.length / c.labels.length;
  const targets = new Float32Array(c.batch * c.classes);
  for (let i = 0; i < c.batch; i++) targets[i * c.classes + c.labels[step * c.batch + i]!] = 1;
  return {
    count: c.batch,
    inputs: Float32Array.from(c.inputs.slice(step * c.batch * size, (step + 1) * c.batch * size)),
    targets,
  };
}

describe.each(alwaysThere)('the %s backend against PyTorch in float64', (device) => {
  beforeAll(async () => {
    await loadBackend(device);
  });

  it.each(cases)('$name: parameters, loss and every gradient agree', async (c) => {
    const graph = buildNetwork(c.config, c.inputShape, c.classes);
    expect(graph.parameters.map(({ name, shape }) => ({ name, shape }))).toEqual(
      c.parameters.map(({ name, shape }) => ({ name, shape })),
    );
    const parameters = c.parameters.map(({ values, shape }) => tf.tensor([...values], [...shape]));
    const { lossSum, gradients } = gradientsOf(graph, parameters, batchOf(c, 0));
    expect((await lossSum.data())[0]! / c.batch).toBeCloseTo(c.losses[0]!, 5);
    for (const [i, { name }] of c.parameters.entries()) {
      const expected = c.gradients[name];
      expect(gradients[i] === null, name).toBe(expected === undefined);
      if (expected) expect(relativeDifference(await gradients[i]!.data(), expected), name).toBeLessThan(2e-5);
    }
  });

  it.each(cases.filter(({ steps }) => steps > 1))('$name: the losses of 20 steps and the final norms agree', async (c) => {
    const graph = buildNetwork(c.config, c.inputShape, c.classes);
    const start = c.parameters.map(({ values }) => Float32Array.from(values));
    const program = createTfjsProgram(graph, start, [], { momentum: c.momentum, weightDecayMode: c.mode });
    for (let step = 0; step < c.steps; step++) {
      program.step(batchOf(c, step), { step, lr: c.lr, wd: c.wd, measure: false, noiseBatch: null });
    }
    const losses = (await program.read()).map(({ loss }) => loss);
    expect(relativeDifference(losses, c.losses)).toBeLessThan(1e-5);

    const { weights } = await program.save();
    let at = 0;
    for (const { name, values } of c.parameters) {
      const expected = c.finalNorm2[name];
      if (expected === undefined) continue;
      const own = weights.subarray(at, (at += values.length));
      expect(own.reduce((sum, w) => sum + w * w, 0) / expected, name).toBeCloseTo(1, 5);
    }
    program.dispose();
  });
});
