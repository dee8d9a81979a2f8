import { utilityProcess } from 'electron';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entries.ts';
import type { TrainerLauncher } from '../training/launcher.ts';
import type { FromTrainer } from '../training/messages.ts';

const outputTail = 4000;

/** Training processes under Electron, whose fuse forbids its executable to run as Node. They end with the app. */
export const utilityLauncher: TrainerLauncher = {
  launch() {
    const child = utilityProcess.fork(fileURLToPath(entryUrl('trainer')), [], {
      serviceName: 'Etalon training',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-outputTail)));
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromTrainer)),
      onExit: (listener) => void child.on('exit', (code) => listener({ code, signal: null, output })),
      kill() {
        // child.kill() asks politely, which a process that hangs does not hear.
        if (child.pid === undefined) child.kill();
        else process.kill(child.pid, 'SIGKILL');
      },
    };
  },
};
