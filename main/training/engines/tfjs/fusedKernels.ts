import { engine, getBackend, getKernel, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Kernels of our own that a backend may have (WASM has them, see wasmHeapKernels.ts); without one the engine composes the
 * same from TensorFlow.js operations.
 */
export const fusedKernels = {
  /** {x: rows x channels}, {epsilon} -> [normalized, inverse, mean, variance] */
  batchNorm: 'EtalonBatchNorm',
  /** {gradient, normalized, inverse} -> [dL/dx] */
  batchNormGrad: 'EtalonBatchNormGrad',
  /** {dy, y} -> [dL/dx] */
  reluGrad: 'EtalonReluGrad',
} as const;

type Name = (typeof fusedKernels)[keyof typeof fusedKernels];

/** The outputs of the current backend's kernel of that name; null when it has none. */
export function runFused(name: Name, inputs: Record<string, Tensor>, attributes: Record<string, number> = {}): Tensor[] | null {
  return getKernel(name, getBackend()) ? engine().runKernel<Tensor[]>(name, inputs, attributes) : null;
}
