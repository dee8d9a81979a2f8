import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { createServer } from 'vite';
import type { BrowserFront } from '../../main/server/browserFront.ts';
import { root } from './paths.ts';

/** The renderer from source with hot reload, over the same host. Changes in main/ and shared/ need a new start. */
export async function startDevelopment(front: BrowserFront): Promise<{ readonly url: string; close(): Promise<void> }> {
  const vite = await createServer({
    configFile: false,
    root: resolve(root, 'renderer'),
    logLevel: 'warn',
    plugins: [svelte({ configFile: resolve(root, 'build/svelte.config.js') })],
    server: { host: '127.0.0.1', proxy: { '^/rpc$': { target: `ws://127.0.0.1:${front.port}`, ws: true } } },
  });
  await vite.listen();
  return { url: `${vite.resolvedUrls!.local[0]!}#token=${front.token}`, close: () => vite.close() };
}
