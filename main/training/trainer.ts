import { EtalonError, toErrorData } from '../../shared/model/errors.ts';
import { type TfjsDeviceId, tfjsDeviceIds } from './devices/deviceIds.ts';
import { loadBackend } from './engines/tfjs/loadBackend.ts';
import { probeDevice } from './devices/probeDevice.ts';
import type { ToTrainer } from './messages.ts';
import { openParentChannel } from './parentChannel.ts';
import { train } from './session.ts';
import { timeSteps } from './timeSteps.ts';

/**
 * The training process: does one job at a time for the host that started it, and says what happens by messages. It trains in
 * this very thread, so a native crash or an endless kernel ends at most this process.
 */
const channel = openParentChannel();
if (!channel) {
  process.stderr.write('This program is started by Etalon and cannot be run by itself.\n');
  process.exit(2);
}
const { send, sendLast, onMessage } = channel;

let stopAsked = false;
let busy = false;
let loadedDevice: string | null = null;

function toDeviceId(device: string): TfjsDeviceId {
  const id = tfjsDeviceIds.find((known) => known === device);
  if (id) return id;
  throw new EtalonError('device-unavailable', `There is no device "${device}"; known are ${tfjsDeviceIds.join(', ')}.`);
}

async function useDevice(device: string): Promise<void> {
  const id = toDeviceId(device);
  if (loadedDevice === id) return;
  try {
    await loadBackend(id);
  } catch (error) {
    const { message, details } = toErrorData(error);
    throw new EtalonError('device-unavailable', `The device "${id}" cannot be used: ${message}`, {
      ...(details !== undefined && { details }),
      cause: error,
    });
  }
  loadedDevice = id;
}

async function runTraining({ config, device, checkpoint }: Extract<ToTrainer, { kind: 'train' }>): Promise<void> {
  await useDevice(device);
  const end = await train(config, checkpoint, {
    started: (groups, stepsPerEpoch) => send({ kind: 'started', groups, stepsPerEpoch }),
    points: (step, series, saved) => send({ kind: 'points', step, series, checkpoint: saved }),
    shouldStop: () => stopAsked,
  });
  if (end.outcome === 'stopped') send({ kind: 'stopped', step: end.step });
  else send({ kind: 'finished', step: end.step, outcome: end.outcome });
}

async function runJob(message: Exclude<ToTrainer, { kind: 'stop' }>): Promise<void> {
  switch (message.kind) {
    case 'train':
      return runTraining(message);
    case 'time':
      await useDevice(message.device);
      return send({ kind: 'timed', secondsPerStep: await timeSteps(message.config) });
    case 'probe':
      for (const id of message.devices?.map(toDeviceId) ?? tfjsDeviceIds) {
        send({ kind: 'device', device: await probeDevice(id) });
      }
      loadedDevice = null;
      return send({ kind: 'probed' });
  }
}

/** What is not an EtalonError came from the engine or is our bug: either way the training failed, and the stack goes along. */
function toFailure(error: unknown): EtalonError {
  if (error instanceof EtalonError) return error;
  const { message, details } = toErrorData(error);
  return new EtalonError('training-failed', `Training failed: ${message}`, details === undefined ? {} : { details });
}

onMessage((message) => {
  if (message.kind === 'stop') {
    stopAsked = true;
    return;
  }
  if (busy) {
    const error = new EtalonError('conflict', 'This training process is busy with another job.');
    send({ kind: 'failed', error: toErrorData(error) });
    return;
  }
  [busy, stopAsked] = [true, false];
  runJob(message)
    .catch((error: unknown) => send({ kind: 'failed', error: toErrorData(toFailure(error)) }))
    .finally(() => (busy = false));
});

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => sendLast({ kind: 'failed', error: toErrorData(toFailure(error)) }, 1));
}

// Ctrl-C in a terminal reaches every process of its group; the host, which got it as well, asks for a checkpoint first.
process.on('SIGINT', () => undefined);

send({ kind: 'ready' });
