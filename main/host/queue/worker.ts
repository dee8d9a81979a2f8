import type { TrainerLauncher } from '../../training/launcher.ts';
import type { FromTrainer, ToTrainer } from '../../training/messages.ts';

/** Milliseconds of silence after which a training process counts as hung. */
export interface WorkerLimits {
  /** From the start of a job to its first step: loading data, compiling kernels. */
  readonly startMs: number;
  /** Between two messages while training; slow models get ten times their longest pause so far, if that is more. */
  readonly silenceMs: number;
  /** From asking it to stop to its answer. */
  readonly stopMs: number;
}

/** An evaluation or a step of a deep network in plain JS can take a minute: better to wait than to kill good work. */
export const defaultWorkerLimits: WorkerLimits = { startMs: 300_000, silenceMs: 120_000, stopMs: 60_000 };

export interface WorkerExit {
  /** One sentence for people. */
  readonly reason: string;
  /** Tail of its error output, '' when there was none. */
  readonly output: string;
}

export interface JobListener {
  onMessage(message: FromTrainer): void;
  /** The process ended before the job did. */
  onDeath(exit: WorkerExit): void;
}

/** One training process, used for one job after the other on one device. */
export interface Worker {
  readonly device: string;
  readonly pid: number | undefined;
  readonly busy: boolean;
  /** Gives it a job; the listener hears all until `stopped`, `finished`, `failed`, `timed`, `probed` or death. */
  give(job: Exclude<ToTrainer, { kind: 'stop' }>, listener: JobListener): void;
  /** Asks it to finish its step and stop; killed when it does not within the limit. Nothing when it has no job. */
  stop(): void;
  kill(): void;
}

const lastMessages = new Set<FromTrainer['kind']>(['stopped', 'finished', 'failed', 'timed', 'probed']);

export function createWorker(
  launcher: TrainerLauncher,
  device: string,
  limits: WorkerLimits,
  onGone: (worker: Worker) => void,
): Worker {
  const process = launcher.launch();
  let ready = false;
  let gone = false;
  let listener: JobListener | null = null;
  let waiting: ToTrainer | null = null;
  let stopping = false;
  let verdict: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let longestPauseMs = 0;
  let lastMessageAt = 0;

  function watch(limitMs: number, message: string): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      verdict = `${message} for ${Math.round(limitMs / 1000)} s and was stopped`;
      process.kill();
    }, limitMs);
  }

  function end(): JobListener | null {
    clearTimeout(timer);
    const ended = listener;
    listener = null;
    waiting = null;
    stopping = false;
    return ended;
  }

  function deliver(message: ToTrainer): void {
    lastMessageAt = performance.now();
    longestPauseMs = 0;
    process.send(message);
    if (stopping) process.send({ kind: 'stop' });
  }

  process.onMessage((message) => {
    if (message.kind === 'ready') {
      ready = true;
      if (waiting !== null) deliver(waiting);
      waiting = null;
      return;
    }
    if (listener === null) return;
    if (lastMessages.has(message.kind)) {
      end()?.onMessage(message);
      return;
    }
    if (message.kind === 'points') longestPauseMs = Math.max(longestPauseMs, performance.now() - lastMessageAt);
    lastMessageAt = performance.now();
    if (!stopping) watch(Math.max(limits.silenceMs, 10 * longestPauseMs), 'The training process said nothing');
    listener.onMessage(message);
  });

  process.onExit(({ code, signal, output }) => {
    gone = true;
    const how = code === null ? (signal === null ? 'could not be started' : `was ended by ${signal}`) : `ended with code ${code}`;
    const ended = end();
    onGone(worker);
    ended?.onDeath({ reason: `${verdict ?? `The training process ${how}`}.`, output: output.trim() });
  });

  const worker: Worker = {
    device,
    get pid() {
      return process.pid;
    },
    get busy() {
      return listener !== null;
    },
    give(job, jobListener) {
      if (gone || listener !== null) throw new Error('a worker takes one job at a time');
      listener = jobListener;
      watch(limits.startMs, 'The training process did not get to its first step');
      if (ready) deliver(job);
      else waiting = job;
    },
    stop() {
      if (listener === null || stopping) return;
      stopping = true;
      watch(limits.stopMs, 'The training process did not answer');
      if (waiting === null) process.send({ kind: 'stop' });
    },
    kill: () => process.kill(),
  };
  return worker;
}
