import type { MessagePort } from 'node:worker_threads';
import type { WebSocket } from 'ws';
import { toErrorData } from '../../shared/model/errors.ts';
import { decodeFrontMessage, encodeMessage } from '../../shared/rpc/codec.ts';
import type { HostMessage } from '../../shared/rpc/contract.ts';
import { closeCodes, readyMessage } from '../../shared/rpc/socket.ts';

export interface SessionLimits {
  /** Bytes waiting for a slow browser beyond which it may send no further calls and gets no notices. */
  readonly maxWaitingBytes: number;
  /** A browser that shows no sign of life for this long is gone. */
  readonly pingMs: number;
}

/** Carries messages between one browser page and one port of the host until either ends; then both end. */
export function serveSocket(socket: WebSocket, port: MessagePort, limits: SessionLimits): void {
  let missedNotices = false;
  let alive = true;
  let waitingBytes = 0;

  const send = (message: HostMessage): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(encode(message), () => {
      if (socket.bufferedAmount > limits.maxWaitingBytes / 2) return;
      if (socket.isPaused) socket.resume();
      if (!missedNotices) return;
      missedNotices = false;
      // By contract: everything is to be fetched anew. One notice for all that the page was too slow for.
      send({ kind: 'event', event: 'workspace.changed', payload: null });
    });
    if (socket.bufferedAmount > limits.maxWaitingBytes) socket.pause();
  };

  port.on('message', (message: HostMessage) => {
    if (message.kind === 'event' && socket.bufferedAmount > limits.maxWaitingBytes) missedNotices = true;
    else send(message);
  });

  socket.on('message', (data: Buffer) => {
    try {
      port.postMessage(decodeFrontMessage(data));
    } catch (error) {
      // Not a page of ours: nothing that it says later can be trusted to be meant.
      socket.close(1007, toErrorData(error).message.slice(0, 100));
    }
  });

  const ping = setInterval(() => {
    // A slow browser answers no ping that waits behind megabytes; that it takes bytes is sign enough.
    if (!alive && socket.bufferedAmount >= waitingBytes) return socket.terminate();
    alive = false;
    waitingBytes = socket.bufferedAmount;
    socket.ping();
  }, limits.pingMs);

  socket.on('pong', () => (alive = true));
  // Broken frames and messages over the limit end here; `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(ping);
    port.close();
  });
  port.on('close', () => socket.close(closeCodes.hostEnded, 'The Etalon host ended.'));
  socket.send(readyMessage);
}

function encode(message: HostMessage): Uint8Array {
  try {
    return encodeMessage(message);
  } catch (error) {
    if (message.kind === 'event') throw error;
    return encodeMessage({ kind: 'reply', id: message.id, ok: false, error: toErrorData(error) });
  }
}
