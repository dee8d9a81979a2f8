import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Tunnel {
  readonly port: number;
  /** Ends the connections that pass through it; new ones are taken again after `repair`. */
  cut(): void;
  repair(): void;
  close(): Promise<void>;
}

/** What an SSH tunnel is to the browser: another local port, which can break while the server lives. */
export async function openTunnel(to: number): Promise<Tunnel> {
  const sockets = new Set<Socket>();
  let broken = false;
  const server = createServer((near) => {
    if (broken) return near.destroy();
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = (): void => {
    broken = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    repair: () => (broken = false),
    async close() {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}
