import * as tf from '@tensorflow/tfjs-core';
import type { Device } from '../../../shared/model/device.ts';
import { loadBackend } from '../engines/tfjs/loadBackend.ts';
import type { LoadedBackend } from '../engines/tfjs/loadedBackend.ts';
import { deviceLabels, isGpu, type TfjsDeviceId } from './deviceIds.ts';

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Runs what training needs most, a matrix product, and compares it with the result by hand. */
async function runsCorrectly(): Promise<boolean> {
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[4], [5], [6]])));
  const [value] = await product.data();
  product.dispose();
  return value === 32;
}

type Finding = Pick<Device, 'status' | 'reason' | 'details'>;

function explainFailure(id: TfjsDeviceId, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error ? (error.stack ?? message) : message;
  if (error instanceof Error && error.name === 'NoAdapter') return { status: 'no-adapter', reason: message, details: null };
  const code = codeOf(error);
  const packageName = id === 'webgpu' ? 'webgpu' : `@tensorflow/${id}`;
  const packageMissing =
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') &&
    message.split('\n')[0]!.includes(packageName) &&
    !message.includes('.node');
  if (packageMissing) return { status: 'not-installed', reason: `The package ${packageName} is not installed.`, details: null };
  const firstLine = message.split('\n')[0]!.trim();
  return { status: 'not-loadable', reason: `${packageName} is installed, but does not load: ${firstLine}`, details };
}

async function explainSuccess(id: TfjsDeviceId, loaded: LoadedBackend): Promise<Finding> {
  if (!(await runsCorrectly())) {
    return { status: 'not-loadable', reason: 'It loads, but a matrix product comes out wrong.', details: null };
  }
  if (id === 'tfjs-node-gpu' && loaded.software) {
    return {
      status: 'no-adapter',
      reason: 'The library loads, but found no CUDA device and would compute on the CPU.',
      details: null,
    };
  }
  if (loaded.software) {
    const reason = `${loaded.name ?? 'The adapter'} is a software adapter: slower than the CPU devices, used only when chosen by name.`;
    return { status: 'refused', reason, details: null };
  }
  return { status: 'ready', reason: 'Loaded, and a test computation was correct.', details: null };
}

/** Loads a device into this process and tries it. A native library can end the process: probe each device in one of its own. */
export async function probeDevice(id: TfjsDeviceId): Promise<Device> {
  const start = performance.now();
  let loaded: LoadedBackend | null = null;
  let finding: Finding;
  try {
    loaded = await loadBackend(id);
    finding = await explainSuccess(id, loaded);
  } catch (error) {
    finding = explainFailure(id, error);
  }
  const kind = !isGpu(id) ? 'cpu' : loaded?.software ? 'software-gpu' : 'gpu';
  const { name = null, version = null } = loaded ?? {};
  return { id, label: deviceLabels[id], engine: 'tfjs', kind, name, version, probeMs: performance.now() - start, ...finding };
}
