import { Worker } from 'node:worker_threads';
import { EtalonError, fromErrorData } from '../../shared/model/errors.ts';
import { entryUrl } from '../entries.ts';
import type { AnalystAnswer, AnalystQuestions } from './analystMessages.ts';

/** The analyst thread as the host sees it: started by the first question, started anew should it end by itself. */
export interface AnalystThread {
  ask<K extends keyof AnalystQuestions>(kind: K, given: AnalystQuestions[K]['given']): Promise<AnalystQuestions[K]['answer']>;
  /** Ends the thread; open questions are refused with `cancelled`. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export function createAnalystThread(): AnalystThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(entryUrl('analyst'), { name: 'etalon-analyst' });
    started.on('message', (answer: AnalystAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) asked?.resolve(answer.value as never);
      else asked?.reject(fromErrorData(answer.error));
    });
    const ended = (reason: string): void => {
      if (worker !== started) return;
      worker = undefined;
      refuseAll(new EtalonError('worker-died', `The analysis thread ended: ${reason}. Try again.`));
    };
    started.on('error', (error: Error) => ended(error.message));
    started.on('exit', (code) => ended(`exit code ${code}`));
    return started;
  }

  function refuseAll(error: EtalonError): void {
    const refused = [...waiting.values()];
    waiting.clear();
    for (const { reject } of refused) reject(error);
  }

  return {
    ask(kind, given) {
      worker ??= start();
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker?.postMessage({ id, kind, given });
      });
    },
    async close() {
      const ending = worker;
      worker = undefined;
      refuseAll(new EtalonError('cancelled', 'The analysis was stopped.'));
      await ending?.terminate();
    },
  };
}
