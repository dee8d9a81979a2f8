import { EtalonError } from '../shared/model/errors.ts';
import { createClient, type Channel } from '../shared/rpc/client.ts';
import type { Client, EventMap, EventName } from '../shared/rpc/contract.ts';
import { openElectronChannel } from './rpcElectron.ts';
import { openSocketChannel } from './rpcSocket.ts';

/**
 * The renderer's way to the host: IPC in the Electron window, a WebSocket in a browser. In a browser a lost connection
 * (sleep, SSH tunnel) is taken up again; views then get `workspace.changed` with null: fetch everything anew.
 */

export type ConnectionState =
  | { readonly kind: 'connected' }
  /** `retrying` false: nothing on this page can help, the message says what the user can do. */
  | { readonly kind: 'lost'; readonly message: string; readonly retrying: boolean };

const retryMs = 2000;
const listeners = new Set<(state: ConnectionState) => void>();

/** Calls the listener at every change until the returned function is called. */
export function onConnectionState(listener: (state: ConnectionState) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Rejects with `unauthorised` or `disconnected`, whose message is for the user, when there is no host to talk to. */
export async function connect(): Promise<Client> {
  const channel = await open();
  return createLastingClient(channel);
}

function open(): Promise<Channel> {
  return window.etalon === undefined ? openSocketChannel() : openElectronChannel(window.etalon);
}

/** One client for the life of the page: subscriptions survive a lost connection, open calls reject with `disconnected`. */
function createLastingClient(channel: Channel): Client {
  const subscriptions = new Set<(client: Client) => void>();
  const reopened = new Set<(payload: EventMap['workspace.changed']) => void>();
  let client = use(channel);

  function use(channel: Channel): Client {
    const client = createClient(channel);
    for (const subscribe of subscriptions) subscribe(client);
    channel.onClose(() => void lost());
    return client;
  }

  async function lost(): Promise<void> {
    const retrying = window.etalon === undefined;
    const message = retrying
      ? 'The connection to Etalon is lost. What it has stored is safe; trying to reach it again.'
      : 'Etalon’s host ended. What it has stored is safe; start Etalon again.';
    announce({ kind: 'lost', message, retrying });
    while (retrying) {
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      try {
        client = use(await open());
        announce({ kind: 'connected' });
        for (const listener of reopened) listener(null);
        return;
      } catch (error) {
        if (!(error instanceof EtalonError && error.code === 'unauthorised')) continue;
        announce({ kind: 'lost', message: error.message, retrying: false });
        return;
      }
    }
  }

  return {
    call: (method, params) => client.call(method, params),
    subscribe<E extends EventName>(event: E, listener: (payload: EventMap[E]) => void): () => void {
      let end: () => void = () => undefined;
      const subscribe = (client: Client): void => void (end = client.subscribe(event, listener));
      subscribe(client);
      subscriptions.add(subscribe);
      const onReopened = listener as (payload: EventMap['workspace.changed']) => void;
      if (event === 'workspace.changed') reopened.add(onReopened);
      return () => {
        end();
        subscriptions.delete(subscribe);
        reopened.delete(onReopened);
      };
    },
  };
}

function announce(state: ConnectionState): void {
  for (const listener of listeners) listener(state);
}
