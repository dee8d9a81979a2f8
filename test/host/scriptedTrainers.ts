import type { TrainerLauncher, TrainerProcess } from '../../main/training/launcher.ts';
import type { FromTrainer, ToTrainer } from '../../main/training/messages.ts';

/** A training process whose words and death the test decides; for what the queue does, not for what training is. */
export interface ScriptedTrainer {
  readonly received: ToTrainer[];
  readonly killed: boolean;
  say(...messages: FromTrainer[]): void;
  die(output?: string): void;
}

export function scriptedLauncher(): { readonly launcher: TrainerLauncher; readonly trainers: ScriptedTrainer[] } {
  const trainers: ScriptedTrainer[] = [];
  const launch = (): TrainerProcess => {
    const messages: ((message: FromTrainer) => void)[] = [];
    const exits: Parameters<TrainerProcess['onExit']>[0][] = [];
    const received: ToTrainer[] = [];
    let killed = false;
    let ended = false;
    const end = (signal: string, output: string): void => {
      if (ended) return;
      ended = true;
      queueMicrotask(() => exits.forEach((listener) => listener({ code: null, signal, output })));
    };
    trainers.push({
      received,
      get killed() {
        return killed;
      },
      say: (...spoken) => spoken.forEach((message) => messages.forEach((listener) => listener(message))),
      die: (output = '') => end('SIGKILL', output),
    });
    queueMicrotask(() => messages.forEach((listener) => listener({ kind: 'ready' })));
    return {
      pid: 1000 + trainers.length,
      send: (message) => void received.push(message),
      onMessage: (listener) => void messages.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill() {
        killed = true;
        end('SIGKILL', '');
      },
    };
  };
  return { launcher: { launch }, trainers };
}

/** What a training process says of a device that works. */
export function readyDevice(id: string): FromTrainer {
  return {
    kind: 'device',
    device: {
      id,
      label: id,
      engine: 'tfjs',
      kind: 'cpu',
      status: 'ready',
      name: null,
      version: null,
      reason: 'works',
      details: null,
      probeMs: 1,
    },
  };
}
