import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeState, encodeState, type SavedState } from '../../main/training/checkpoint.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { alwaysThere, loadBackend } from './backends.ts';
import { type Recorded, runSession } from './runSession.ts';
import { smallConfig } from './smallConfig.ts';

const state: SavedState = {
  step: 12,
  wallSeconds: 3.5,
  groups: [{ name: 'a', parameters: ['a'], size: 3, residual: 1e-7 }],
  network: 'a[3] seed 0',
  weights: Float32Array.of(1, -0, 3e-38),
  velocity: Float32Array.of(0.1, NaN, -Infinity),
};

describe('checkpoint bytes', () => {
  it('hold the state to the last bit, with and without momentum', () => {
    expect(decodeState(encodeState(state), state.network)).toEqual(state);
    const still = { ...state, velocity: null };
    expect(decodeState(encodeState(still), state.network)).toEqual(still);
  });

  it('are refused when any byte was changed or the end is missing', () => {
    const bytes = encodeState(state);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        expect(() => decodeState(damaged, state.network)).toThrow(/The checkpoint cannot be read/);
        expect(() => decodeState(bytes.subarray(0, at), state.network)).toThrow(/The checkpoint cannot be read/);
      }),
    );
  });

  it('are refused for another network', () => {
    expect(() => decodeState(encodeState(state), 'b[3] seed 0')).toThrow(
      /it is of another run \(a\[3\] seed 0, expected b\[3\] seed 0\)/,
    );
  });
});

/** All series but the wall time, which no run has twice. */
function comparable(runs: readonly Recorded[]): Record<string, (readonly [number, number])[]> {
  const names = new Set(runs.flatMap(({ series }) => [...series.keys()]));
  names.delete('time/wall_s');
  return Object.fromEntries([...names].sort().map((name) => [name, runs.flatMap(({ series }) => series.get(name) ?? [])]));
}

describe.each(alwaysThere)('a run on the %s backend', (device) => {
  beforeAll(async () => {
    await loadBackend(device);
  });

  const config: TrainingConfig = { ...smallConfig, momentum: 0.9, logGroups: true };

  it('comes out the same to the last bit a second time', async () => {
    expect(comparable([await runSession(config)])).toEqual(comparable([await runSession(config)]));
  });

  it('comes out the same to the last bit when stopped at any step and resumed from its checkpoint', async () => {
    const whole = comparable([await runSession(config)]);
    for (const at of [0, 1, 10, 13, 39]) {
      const first = await runSession(config, null, at);
      expect(first.end).toEqual({ outcome: 'stopped', step: at });
      const second = await runSession(config, first.checkpoints.at(-1));
      expect(second.groups).toEqual(first.groups);
      expect(comparable([first, second]), `stopped at ${at}`).toEqual(whole);
    }
  });

  it('comes out the same from a checkpoint made on the way, with the points after it sent again', async () => {
    const whole = await runSession({ ...config, checkpointEvery: 15 });
    expect(whole.checkpoints.map(({ step }) => step)).toEqual([15, 30]);
    const again = await runSession(config, whole.checkpoints[0]);
    const after = (run: Recorded) =>
      Object.entries(comparable([run])).map(([name, points]) => [name, points.filter(([step]) => step >= 15)]);
    expect(after(again)).toEqual(after(whole));
  });

  it('is another one for another seed and for another replica', async () => {
    const losses = async (change: Partial<TrainingConfig>) =>
      comparable([await runSession({ ...config, steps: 5, ...change })])['train/loss'];
    const own = await losses({});
    expect(await losses({ seed: 1 })).not.toEqual(own);
    expect(await losses({ replica: 1 })).not.toEqual(own);
  });
});

describe('a run that diverges', () => {
  it('ends at that step and keeps its points', async () => {
    await loadBackend('wasm');
    const run = await runSession({ ...smallConfig, lr: 1e30, wd: 0, logEvery: 1, trSigmaEvery: 0 });
    expect(run.end.outcome).toBe('diverged');
    const points = run.series.get('si/norm2')!;
    expect(points.at(-1)![0]).toBe(run.end.step);
    expect(Number.isFinite(points.at(-1)![1])).toBe(false);
    expect(points.slice(0, -1).every(([, value]) => Number.isFinite(value))).toBe(true);
  });
});
