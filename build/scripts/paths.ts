import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
/** What the scripts remember between calls; `npm ci` forgets it. */
export const cacheFolder = resolve(root, 'node_modules/.cache/etalon');
