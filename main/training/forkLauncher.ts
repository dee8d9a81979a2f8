import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entries.ts';
import type { TrainerLauncher } from './launcher.ts';
import type { FromTrainer } from './messages.ts';

const outputTail = 4000;

/** Training processes under Node. They end by themselves when their parent dies (the IPC channel closes). */
export const forkLauncher: TrainerLauncher = {
  launch() {
    const child = fork(fileURLToPath(entryUrl('trainer')), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let output = '';
    let ended = false;
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output = (output + chunk).slice(-outputTail)));
    return {
      pid: child.pid,
      send: (message) => {
        // A process that has just died cannot be told anything; onExit reports it.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromTrainer)),
      onExit: (listener) => {
        const end = (code: number | null, signal: string | null): void => {
          if (ended) return;
          ended = true;
          listener({ code, signal, output });
        };
        child.on('exit', end);
        child.on('error', (error) => {
          output += error.message;
          end(null, null);
        });
      },
      kill: () => void child.kill('SIGKILL'),
    };
  },
};
