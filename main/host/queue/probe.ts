import { EtalonError } from '../../../shared/model/errors.ts';
import type { Device } from '../../../shared/model/device.ts';
import type { TrainerLauncher } from '../../training/launcher.ts';
import type { TaskHandle } from '../taskRunner.ts';
import { createWorker, defaultWorkerLimits, type WorkerExit } from './worker.ts';

/**
 * Asks a process of its own what can train here: a native library may crash where it does not fit. The devices come in
 * the order of preference. Throws `worker-died` when the process ended before it had found one that is ready.
 */
export async function probeDevices(launcher: TrainerLauncher, task: Pick<TaskHandle, 'signal'>): Promise<readonly Device[]> {
  const devices: Device[] = [];
  const exit = await probeOnce(launcher, task.signal, (device) => devices.push(device));
  if (exit !== null && !devices.some((device) => device.status === 'ready')) {
    throw new EtalonError('worker-died', `The device probe failed. ${exit.reason}`, { details: exit.output });
  }
  return devices;
}

/** null when the probe came to its end. */
function probeOnce(
  launcher: TrainerLauncher,
  signal: AbortSignal,
  onDevice: (device: Device) => void,
): Promise<WorkerExit | null> {
  return new Promise((resolve) => {
    const worker = createWorker(launcher, '', defaultWorkerLimits, () => undefined);
    signal.addEventListener('abort', () => worker.kill(), { once: true });
    worker.give(
      { kind: 'probe', devices: null },
      {
        onMessage(message) {
          if (message.kind === 'device') onDevice(message.device);
          if (message.kind !== 'probed' && message.kind !== 'failed') return;
          worker.kill();
          resolve(message.kind === 'failed' ? { reason: message.error.message, output: message.error.details ?? '' } : null);
        },
        onDeath: resolve,
      },
    );
  });
}
