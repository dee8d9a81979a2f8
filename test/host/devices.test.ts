import { describe, expect, it, vi } from 'vitest';
import { forkLauncher } from '../../main/training/forkLauncher.ts';
import { startTestHost } from './hosts.ts';
import { readyDevice, scriptedLauncher } from './scriptedTrainers.ts';

describe('the devices of this machine', () => {
  it('are really probed: plain JS and WASM are ready, and each of the rest says why it is not', async () => {
    const host = startTestHost({ launcher: forkLauncher });
    const report = await host.call('devices.list', { refresh: false });
    const status = Object.fromEntries(report.devices.map(({ id, status }) => [id, status]));
    expect(status).toMatchObject({ wasm: 'ready', cpu: 'ready' });
    expect(Object.keys(status)).toEqual(['tfjs-node-gpu', 'webgpu', 'tfjs-node', 'wasm', 'cpu']);
    expect(report.devices.find((device) => device.id === report.defaultDevice)?.status).toBe('ready');
    for (const device of report.devices) expect(device.reason).toMatch(/\w+ \w+/);
    expect(report.cores).toBeGreaterThan(0);
    // The answer is kept until it is asked for anew.
    expect((await host.call('devices.list', { refresh: false })).probedAt).toBe(report.probedAt);
  });
});

describe('a probe that crashes', () => {
  it('makes its own device not loadable, with its last words, and no other', async () => {
    const { launcher, trainers } = scriptedLauncher();
    const host = startTestHost({ launcher });
    const asked = host.call('devices.list', { refresh: false });
    await vi.waitFor(() => expect(trainers.filter((trainer) => trainer.received.length > 0)).toHaveLength(5));
    for (const trainer of trainers) {
      const job = trainer.received[0]!;
      const id = job.kind === 'probe' ? job.devices![0]! : '';
      if (id === 'webgpu') {
        trainer.die('libdawn: segmentation fault');
        continue;
      }
      trainer.say(readyDevice(id), { kind: 'probed' });
    }
    const { devices, defaultDevice } = await asked;
    expect(devices.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'tfjs-node-gpu ready',
      'webgpu not-loadable',
      'tfjs-node ready',
      'wasm ready',
      'cpu ready',
    ]);
    expect(devices[1]).toMatchObject({
      reason: expect.stringContaining('SIGKILL') as string,
      details: 'libdawn: segmentation fault',
    });
    expect(defaultDevice).toBe('tfjs-node-gpu');
  });
});
