import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { FrontMessage, HostMessage } from '../../shared/rpc/contract.ts';
import { decodeHostMessage, encodeMessage } from '../../shared/rpc/codec.ts';
import { readyMessage, socketPath, subprotocol, tokenPrefix } from '../../shared/rpc/socket.ts';

/** The other end of the server: ports as the host thread would hold them, each request answered with its own parameters. */
export function createEchoHost() {
  const ports: MessagePort[] = [];
  const requests: FrontMessage[] = [];
  return {
    ports,
    requests,
    connect(): MessagePort {
      const { port1, port2 } = new MessageChannel();
      ports.push(port2);
      port2.on('message', (message: FrontMessage) => {
        requests.push(message);
        port2.postMessage({ kind: 'reply', id: message.id, ok: true, value: message.params } satisfies HostMessage);
      });
      return port1;
    },
    announce: (message: HostMessage) => ports.forEach((port) => port.postMessage(message)),
    close: () => ports.forEach((port) => port.close()),
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One HTTP request, its path and headers sent just as given (fetch would tidy them). */
export async function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const asked = request({ port, path, method, headers, host: '127.0.0.1', agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) };
}

/** The first line with which the server answers these very bytes. */
export async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(text);
  let answer = '';
  for await (const part of socket) answer += String(part);
  return answer.split('\r\n')[0]!;
}

export interface Page {
  readonly socket: WebSocket;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  /** Whether the server called the connection ready; false when it closed before. */
  readonly ready: Promise<boolean>;
  readonly received: HostMessage[];
  send(message: FrontMessage): void;
}

/** A browser page's side of the WebSocket. */
export function openPage(port: number, token: string, more: { origin?: string; host?: string; path?: string } = {}): Page {
  const host = more.host ?? `127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${more.path ?? socketPath}`, [subprotocol, tokenPrefix + token], {
    headers: { Host: host },
    ...(more.origin !== '' && { origin: more.origin ?? `http://${host}` }),
  });
  const received: HostMessage[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const ready = new Promise<boolean>((resolve) => {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) received.push(decodeHostMessage(data));
      else resolve(data.toString() === readyMessage);
    });
    void closed.then(() => resolve(false));
  });
  socket.on('error', () => undefined);
  return { socket, closed, ready, received, send: (message) => socket.send(encodeMessage(message)) };
}

/** Waits until it is so, without a limit of its own: the test has one. */
export async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
}
