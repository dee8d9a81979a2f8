import type { FromTrainer, ToTrainer } from './messages.ts';

/** Electron's utility processes have this in place of Node's IPC (electron.d.ts, ParentPort). */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

export interface ParentChannel {
  readonly send: (message: FromTrainer) => void;
  /** Sends, and ends the process once the message is out. */
  readonly sendLast: (message: FromTrainer, exitCode: number) => void;
  readonly onMessage: (listener: (message: ToTrainer) => void) => void;
}

/** The way to whoever started this process; ends the process when that one is gone. Null when nobody can hear. */
export function openParentChannel(): ParentChannel | null {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      sendLast: (message, exitCode) => {
        parentPort.postMessage(message);
        // A port has no callback; the message is queued in the browser process well within this time.
        setTimeout(() => process.exit(exitCode), 100);
      },
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as ToTrainer)),
    };
  }
  if (!process.send) return null;
  process.on('disconnect', () => process.exit(0));
  return {
    // The callback takes the error of a parent that has just gone; `disconnect` ends this process then.
    send: (message) => void process.send!(message, undefined, undefined, () => undefined),
    sendLast: (message, exitCode) => void process.send!(message, undefined, undefined, () => process.exit(exitCode)),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToTrainer)),
  };
}
