import type { MessagePort } from 'node:worker_threads';
import type { TrainerLauncher, TrainerProcess } from '../training/launcher.ts';
import type { FromHost, ToHost } from './controlMessages.ts';

type ExitListener = Parameters<TrainerProcess['onExit']>[0];
type MessageListener = Parameters<TrainerProcess['onMessage']>[0];

interface Entry {
  pid: number | undefined;
  readonly messages: MessageListener[];
  readonly exits: ExitListener[];
}

export interface RemoteLauncher extends TrainerLauncher {
  /** Takes the front's answers; true when the message was one of them. */
  receive(message: ToHost): boolean;
}

/** The host thread's launcher: asks the front's thread, where Electron allows processes to be started. */
export function createRemoteLauncher(control: Pick<MessagePort, 'postMessage'>): RemoteLauncher {
  const entries = new Map<number, Entry>();
  let next = 1;
  const post = (message: FromHost): void => control.postMessage(message);

  return {
    launch() {
      const trainer = next++;
      const entry: Entry = { pid: undefined, messages: [], exits: [] };
      entries.set(trainer, entry);
      post({ kind: 'launch', trainer });
      return {
        get pid() {
          return entry.pid;
        },
        send: (message) => post({ kind: 'to-trainer', trainer, message }),
        onMessage: (listener) => void entry.messages.push(listener),
        onExit: (listener) => void entry.exits.push(listener),
        kill: () => post({ kind: 'kill-trainer', trainer }),
      };
    },
    receive(message) {
      switch (message.kind) {
        case 'trainer-launched': {
          const entry = entries.get(message.trainer);
          if (entry) entry.pid = message.pid;
          return true;
        }
        case 'trainer-message':
          for (const listener of entries.get(message.trainer)?.messages ?? []) listener(message.message);
          return true;
        case 'trainer-exit': {
          const entry = entries.get(message.trainer);
          entries.delete(message.trainer);
          for (const listener of entry?.exits ?? []) {
            listener({ code: message.code, signal: message.signal, output: message.output });
          }
          return true;
        }
        case 'connect':
        case 'close':
          return false;
      }
    },
  };
}
