import type { TrainerLauncher } from '../../training/launcher.ts';
import { createWorker, type Worker, type WorkerLimits } from './worker.ts';

export interface PoolOptions {
  readonly launcher: TrainerLauncher;
  readonly limits: WorkerLimits;
  /** Idle processes are kept this long for the next run. */
  readonly idleMs: number;
}

/** The training processes: made when needed, kept for the next run on the same device, ended when idle for long. */
export interface WorkerPool {
  readonly size: number;
  busyIn(pool: string): number;
  /** An idle process of the device, or a new one. */
  take(device: string, pool: string): Worker;
  /** Its job is done. Nothing when the process is gone already. */
  release(worker: Worker): void;
  /** Forgets it at once: a process that is being killed must not be given another run. */
  discard(worker: Worker): void;
  /** Kills the busy ones; their listeners hear of it. */
  killBusy(): void;
  discardAll(): void;
}

export function createWorkerPool({ launcher, limits, idleMs }: PoolOptions): WorkerPool {
  const workers = new Map<Worker, { readonly pool: string; idle: NodeJS.Timeout | undefined }>();

  function forget(worker: Worker): void {
    clearTimeout(workers.get(worker)?.idle);
    workers.delete(worker);
  }

  function discard(worker: Worker): void {
    forget(worker);
    worker.kill();
  }

  return {
    get size() {
      return workers.size;
    },
    busyIn(pool) {
      let busy = 0;
      for (const [worker, entry] of workers) if (entry.pool === pool && worker.busy) busy++;
      return busy;
    },
    take(device, pool) {
      for (const [worker, entry] of workers) {
        if (worker.device !== device || worker.busy) continue;
        clearTimeout(entry.idle);
        return worker;
      }
      // An idle process of another device in the pool would only hold memory.
      for (const [worker, entry] of [...workers]) if (entry.pool === pool && !worker.busy) discard(worker);
      const worker = createWorker(launcher, device, limits, forget);
      workers.set(worker, { pool, idle: undefined });
      return worker;
    },
    release(worker) {
      const entry = workers.get(worker);
      if (entry === undefined) return;
      entry.idle = setTimeout(() => discard(worker), idleMs);
      entry.idle.unref();
    },
    discard,
    killBusy() {
      for (const worker of workers.keys()) if (worker.busy) worker.kill();
    },
    discardAll() {
      for (const worker of [...workers.keys()]) discard(worker);
    },
  };
}
