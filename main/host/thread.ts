import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { FrontMessage } from '../../shared/rpc/contract.ts';
import type { FromHost, ToHost } from './controlMessages.ts';
import { createHost, type HostOptions } from './host.ts';
import { createRemoteLauncher } from './remoteLauncher.ts';

// The host's thread: each connected front has its own port; notices go to all of them.
if (parentPort === null) throw new Error('main/host/thread.ts runs as a worker thread');
const control = parentPort;
const launcher = createRemoteLauncher(control);
const host = createHost({ ...(workerData as Omit<HostOptions, 'launcher'>), launcher });
const ports = new Set<MessagePort>();

host.onNotice((notice) => {
  for (const port of ports) port.postMessage(notice);
});

function serve(port: MessagePort): void {
  ports.add(port);
  port.on('message', (request: FrontMessage) => {
    void host.handle(request).then((reply) => port.postMessage(reply));
  });
  port.on('close', () => ports.delete(port));
}

control.on('message', (message: ToHost) => {
  if (launcher.receive(message)) return;
  if (message.kind === 'connect') serve(message.port);
  if (message.kind === 'close') {
    void host.close().then(() => {
      control.postMessage({ kind: 'closed' } satisfies FromHost);
      for (const port of ports) port.close();
      control.close();
    });
  }
});

control.postMessage({ kind: 'ready' } satisfies FromHost);
