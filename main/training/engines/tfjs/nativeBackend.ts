import { backend, setBackend, ready } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import nodeUtil from 'node:util';
import type { LoadedBackend } from './loadedBackend.ts';

/**
 * Functions of node:util that Node 23 removed and that @tensorflow/tfjs-node 4.22 still calls. They are put back before it is loaded.
 */
function restoreRemovedUtilities(): void {
  const util = nodeUtil as unknown as Record<string, unknown>;
  util.isNullOrUndefined ??= (x: unknown) => x === null || x === undefined;
  util.isArray ??= Array.isArray;
  util.isString ??= (x: unknown) => typeof x === 'string';
  util.isNumber ??= (x: unknown) => typeof x === 'number';
}

/** TensorFlow's C library through @tensorflow/tfjs-node or -gpu (CUDA). Throws when the package or its native library is not there. */
export async function loadNative(id: 'tfjs-node' | 'tfjs-node-gpu'): Promise<LoadedBackend> {
  restoreRemovedUtilities();
  // Not named `require`: the build declares that name itself, once, where it sees it used.
  const load = createRequire(import.meta.url);
  const name = `@tensorflow/${id}`;
  load(name);
  if (!(await setBackend('tensorflow'))) throw new Error('TensorFlow.js could not start its backend "tensorflow"');
  await ready();
  const { version } = load(`${name}/package.json`) as { version: string };
  const { isUsingGpuDevice } = backend() as { readonly isUsingGpuDevice?: boolean };
  return { name: null, version, software: id === 'tfjs-node-gpu' && isUsingGpuDevice !== true };
}
