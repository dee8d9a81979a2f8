/**
 * Devices of the tfjs engine, in the order of preference. Apart from the code that loads them, so that the host can name them
 * without loading TensorFlow.js.
 */
export const tfjsDeviceIds = ['tfjs-node-gpu', 'webgpu', 'tfjs-node', 'wasm', 'cpu'] as const;
export type TfjsDeviceId = (typeof tfjsDeviceIds)[number];

export const deviceLabels: Readonly<Record<TfjsDeviceId, string>> = {
  'tfjs-node-gpu': 'NVIDIA GPU (TensorFlow, CUDA)',
  webgpu: 'GPU (WebGPU)',
  'tfjs-node': 'CPU (TensorFlow)',
  wasm: 'CPU (WebAssembly)',
  cpu: 'CPU (plain JavaScript)',
};

export const isGpu = (id: TfjsDeviceId): boolean => id === 'tfjs-node-gpu' || id === 'webgpu';
