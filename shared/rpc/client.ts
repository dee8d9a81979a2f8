import { EtalonError, fromErrorData } from '../model/errors.ts';
import type { Client, EventMap, EventName, FrontMessage, HostMessage, MethodName, Params, Result } from './contract.ts';

/** A pipe for messages: a MessagePort, Electron IPC or a WebSocket with the binary codec. */
export interface Channel {
  send(message: FrontMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
  onClose(listener: () => void): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: EtalonError) => void;
}

/** The one client over any channel. When the channel closes, open calls reject with `disconnected`. */
export function createClient(channel: Channel): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let nextId = 1;
  let closed = false;

  channel.onMessage((message) => {
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload as never);
      return;
    }
    const call = waiting.get(message.id);
    if (call === undefined) return;
    waiting.delete(message.id);
    if (message.ok) call.resolve(message.value as never);
    else call.reject(fromErrorData(message.error));
  });

  channel.onClose(() => {
    closed = true;
    for (const call of waiting.values()) call.reject(disconnected());
    waiting.clear();
  });

  return {
    call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
      if (closed) return Promise.reject(disconnected());
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        channel.send({ kind: 'request', id, method, params });
      });
    },
    subscribe<E extends EventName>(event: E, listener: (payload: EventMap[E]) => void): () => void {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}

function disconnected(): EtalonError {
  return new EtalonError('disconnected', 'The connection to the Etalon host is closed; start Etalon again.');
}
