import { availableParallelism, cpus, totalmem } from 'node:os';
import { EtalonError } from '../../shared/model/errors.ts';
import type { Device, DeviceReport } from '../../shared/model/device.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import type { Handlers } from '../../shared/rpc/method.ts';
import type { trainingMethods } from '../../shared/rpc/training.ts';
import type { HostContext } from './context.ts';
import { probeDevices } from './queue/probe.ts';
import { createTimer } from './queue/timer.ts';

export interface DeviceService {
  readonly handlers: Pick<Handlers<typeof trainingMethods>, 'devices.list'>;
  /**
   * The device to train on: the named one, else the one of the settings, else the first ready one. Throws
   * `device-unavailable`; a software adapter is taken only when named.
   */
  choose(name: string | null): Promise<Device>;
  /** Runs of one pool share its workers: all CPU devices one, each GPU its own. */
  poolOf(device: Device): string;
  workersOf(pool: string): number;
  /** Seconds of one training step, measured once for each model and device; null when that took too long. */
  secondsPerStep(config: TrainingConfig, device: string): Promise<number | null>;
}

const cpuPool = 'cpu';
/** Plain JS is always ready. */
const fallbackDevice = 'cpu';

export function createDeviceService(context: HostContext): DeviceService {
  let latest: Promise<DeviceReport> | null = null;
  const timer = createTimer(context.launcher);

  function report(refresh: boolean): Promise<DeviceReport> {
    if (latest === null || refresh) {
      const probe = makeReport(context);
      latest = probe;
      // A probe that failed is not kept: the next question probes again.
      probe.catch(() => {
        if (latest === probe) latest = null;
      });
    }
    return latest;
  }

  return {
    handlers: { 'devices.list': ({ refresh }) => report(refresh) },
    async choose(name) {
      const { devices, defaultDevice } = await report(false);
      const wanted = name ?? context.settings.current.device;
      const device = devices.find((candidate) => candidate.id === (wanted ?? defaultDevice));
      if (device?.status === 'ready') return device;
      // Named in the call: a slow software adapter is what the caller wants.
      if (device?.status === 'refused' && name !== null) return device;
      const usable = devices.filter(({ status }) => status === 'ready' || status === 'refused').map(({ id }) => id);
      throw new EtalonError(
        'device-unavailable',
        `Device ${wanted ?? defaultDevice} cannot train: ${device?.reason ?? 'there is no device of this name'}. Choose one of ${usable.join(', ')}.`,
      );
    },
    poolOf: (device) => (device.kind === 'cpu' ? cpuPool : device.id),
    workersOf: (pool) => (pool === cpuPool ? context.settings.current.workers || availableParallelism() : 1),
    secondsPerStep: (config, device) => timer.secondsPerStep(config, device),
  };
}

function makeReport({ launcher, tasks }: HostContext): Promise<DeviceReport> {
  return tasks.run(
    'Device probe',
    async (task) => {
      const devices = await probeDevices(launcher, task);
      return {
        devices,
        defaultDevice: devices.find((device) => device.status === 'ready')?.id ?? fallbackDevice,
        processor: cpus()[0]?.model.trim() ?? 'unknown',
        cores: availableParallelism(),
        memoryBytes: totalmem(),
        probedAt: Date.now(),
      };
    },
    'host',
  );
}
