import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordStep } from '../../main/training/stepMetrics.ts';
import { gradientsOf } from '../../main/training/engines/tfjs/gradients.ts';
import { openSession } from '../../main/training/session.ts';
import { metricNames } from '../../shared/model/metrics.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { buildNetwork } from '../../shared/network/buildNetwork.ts';
import { initialValues } from '../../shared/network/initialValues.ts';
import { loadBackend } from './backends.ts';
import { runSession, stepsOf } from './runSession.ts';
import { smallConfig } from './smallConfig.ts';

beforeAll(async () => {
  await loadBackend('wasm');
});

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (x, i) => x * b[i]!).reduce((sum, x) => sum + x, 0);

describe.each([
  [0, 'coupled'],
  [0, 'decoupled'],
  [0.9, 'coupled'],
  [0.7, 'decoupled'],
] as const)('metrics with momentum %d and %s weight decay', (momentum, weightDecayMode) => {
  const config: TrainingConfig = { ...smallConfig, momentum, weightDecayMode, lr: 0.2, wd: 0.1 };

  it('are those computed from the weights before and after each step', async () => {
    const { program, groups, batches } = await openSession(config, null);
    const graph = buildNetwork(config, [8], 4);
    const head = initialValues(graph, config.seed, config.replica)[2]!;
    const { lr, wd } = config;
    for (let step = 0; step < 6; step++) {
      const before = (await program.save()).weights;
      const noiseBatch = batches.noiseBatch(step);
      program.step(batches.trainingBatch(step), { step, lr, wd, measure: true, noiseBatch });
      const [result] = await program.read();
      const after = (await program.save()).weights;

      const parameters = [before.subarray(0, 96), before.subarray(96, 216), head].map((values, i) =>
        tf.tensor(values, [...graph.parameters[i]!.shape]),
      );
      const gradient = (batch: typeof noiseBatch): number[] => {
        const { gradients } = gradientsOf(graph, parameters, batch);
        return gradients.flatMap((g) => (g ? [...g.dataSync()] : []));
      };
      const [g, other] = [gradient(batches.trainingBatch(step)), gradient(noiseBatch)];
      const difference = g.map((x, i) => x - other[i]!);
      const ww = dot(before, before);
      const found = new Map<string, number>();
      recordStep(result!, config, groups, false, (metric, at, value) => {
        expect(at).toBe(step);
        found.set(metric, value);
      });

      const cosine = dot(before, after) / Math.sqrt(ww * dot(after, after));
      const factor = weightDecayMode === 'coupled' ? 1 - momentum : 1;
      expect(found.get('si/norm2')! / ww).toBeCloseTo(1, 5);
      expect(found.get('si/grad2')! / dot(g, g)).toBeCloseTo(1, 4);
      expect(found.get('si/eff_lr')! / (lr / ww)).toBeCloseTo(1, 5);
      expect(found.get('si/gamma')! / ((ww * factor) / lr) ** 2).toBeCloseTo(1, 5);
      expect(found.get('si/angle')! / Math.acos(cosine)).toBeCloseTo(1, 3);
      expect(found.get('si/tr_sigma')! / (ww * 0.5 * dot(difference, difference))).toBeCloseTo(1, 4);
      expect(found.get('intrinsic_lr')).toBeCloseTo((lr * wd) / factor, 12);
      // Scale invariance: the gradient is at right angles to the weights (batch-norm epsilon leaves about 1e-5).
      expect(Math.abs(dot(g, before)) / Math.sqrt(dot(g, g) * ww)).toBeLessThan(1e-4);
    }
    program.dispose();
  });
});

describe('what a run logs', () => {
  it('is every metric at the steps the configuration asks for', async () => {
    const run = await runSession({ ...smallConfig, steps: 20, logEvery: 4, evaluateEvery: 8, trSigmaEvery: 10 });
    expect([...run.series.keys()].sort()).toEqual([...metricNames].sort());
    // Steps with a noise estimate are logged too: its parts are measured there anyway.
    expect(stepsOf(run, 'train/loss')).toEqual([0, 4, 8, 10, 12, 16]);
    expect(stepsOf(run, 'si/tr_sigma')).toEqual([0, 10]);
    expect(stepsOf(run, 'test/loss')).toEqual([0, 8, 16, 20]);
    expect(run.stepsPerEpoch).toBe(10);
    expect(run.end).toEqual({ outcome: 'finished', step: 20 });
  });

  it('leaves out scale-invariant metrics when nothing trained is scale-invariant', () => {
    const metrics: string[] = [];
    const result = { step: 0, lr: 1, wd: 0, loss: 1, accuracy: 1, groups: [] };
    recordStep(result, { momentum: 0, weightDecayMode: 'coupled' }, [], true, (metric) => metrics.push(metric));
    expect(metrics).toEqual(['train/loss', 'train/accuracy', 'lr', 'wd', 'intrinsic_lr']);
  });
});
