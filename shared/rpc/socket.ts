/** Why the server ends a WebSocket, in the range that the protocol leaves to applications (RFC 6455, 7.4.2). */
export const closeCodes = {
  /** Wrong token: the page belongs to an earlier start of the server. */
  unauthorised: 4401,
  /** The host thread ended; the server cannot answer any more. */
  hostEnded: 4410,
} as const;

/** The WebSocket subprotocol. The token comes as a second one, `etalon.token.HEX`: a browser can send it in no other header. */
export const subprotocol = 'etalon';
export const tokenPrefix = 'etalon.token.';

/** Path of the WebSocket on the server. */
export const socketPath = '/rpc';

/** The server's first message, as text: the token is right and the host listens. All others are bytes (codec.ts). */
export const readyMessage = 'ready';
