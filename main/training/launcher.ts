import type { FromTrainer, ToTrainer } from './messages.ts';

/** A training process as the host sees it, whoever started it. */
export interface TrainerProcess {
  readonly pid: number | undefined;
  send(message: ToTrainer): void;
  onMessage(listener: (message: FromTrainer) => void): void;
  /** Once, also when it could not start. `code` null: ended by a signal. `output` = the tail of its stderr. */
  onExit(
    listener: (exit: { readonly code: number | null; readonly signal: string | null; readonly output: string }) => void,
  ): void;
  kill(): void;
}

/**
 * Starts training processes. child_process.fork under Node, utilityProcess under Electron (fork is off there by fuse);
 * the latter exists only in Electron's main thread, so the front launches and relays for the host thread.
 */
export interface TrainerLauncher {
  launch(): TrainerProcess;
}
