import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientsOf } from '../../main/training/engines/tfjs/gradients.ts';
import { createTfjsProgram } from '../../main/training/engines/tfjs/program.ts';
import { buildNetwork } from '../../shared/network/buildNetwork.ts';
import { alwaysThere, loadBackend, relativeDifference } from './backends.ts';
import { batchOf, torchCases } from './torchCases.ts';

describe.each(alwaysThere)('the %s backend against PyTorch in float64', (device) => {
  beforeAll(async () => {
    await loadBackend(device);
  });

  it.each(torchCases)('$name: parameters, loss and every gradient agree', async (c) => {
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

  it.each(torchCases.filter(({ steps }) => steps > 1))('$name: the losses of 20 steps and the final norms agree', async (c) => {
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
