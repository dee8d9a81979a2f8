import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { tokenPrefix } from '../../shared/rpc/socket.ts';

/**
 * Any port: through an SSH tunnel the browser sees another one than the server. Only this machine's own names, so that a
 * foreign name made to point at 127.0.0.1 (DNS rebinding) is refused.
 */
const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** The Host header when it is one of ours, else null. */
export function allowedHost(request: Pick<IncomingMessage, 'headers'>): string | null {
  const host = request.headers.host;
  return host !== undefined && ownHost.test(host) ? host : null;
}

/** Whether the request comes from a page of this very server. Browsers send Origin with every WebSocket. */
export function sameOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
  const host = allowedHost(request);
  return host !== null && request.headers.origin?.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** 256 random bits as hexadecimal digits. */
export function createToken(): string {
  return randomBytes(32).toString('hex');
}

/** Whether the offered subprotocols hold the token. The comparison takes the same time wherever they differ. */
export function offersToken(request: Pick<IncomingMessage, 'headers'>, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  const given = offered.find((protocol) => protocol.startsWith(tokenPrefix))?.slice(tokenPrefix.length) ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
