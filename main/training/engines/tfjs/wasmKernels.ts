import {
  backend_util,
  BatchMatMul,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  MaxPoolGrad,
  PadV2,
  registerKernel,
  Reverse,
  Slice,
  type TensorInfo,
  Transpose,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { registerWasmHeapKernels } from './wasmHeapKernels.ts';

/**
 * What the WASM backend of TensorFlow.js 4.22 lacks or does slowly, composed from its own kernels. Each function takes and
 * returns raw tensors of the backend: what it makes on the way it frees itself.
 */

type Attributes = Record<string, unknown>;

interface ConvolutionAttributes {
  readonly strides: [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode: 'floor' | 'round' | 'ceil';
}

function run(name: string, inputs: Record<string, TensorInfo>, backend: KernelBackend, attrs: Attributes): TensorInfo {
  const kernel = getKernel(name, 'wasm');
  if (!kernel) throw new Error(`the WASM backend has no kernel ${name}`);
  return kernel.kernelFunc({ inputs, backend, attrs: attrs as never }) as TensorInfo;
}

/**
 * Its matrix product is fast (XNNPACK) only without transposition, else a plain loop five times slower: transpose first.
 * Only for two-dimensional products, which are all the engine makes.
 */
function transposingMatMul(original: KernelFunc): KernelFunc {
  return (args) => {
    const backend = args.backend as KernelBackend;
    const { a, b } = args.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = args.attrs as unknown as { transposeA: boolean; transposeB: boolean };
    if (a.shape.length !== 2 || b.shape.length !== 2 || !(transposeA || transposeB)) return original(args);
    const flip = (x: TensorInfo): TensorInfo => run(Transpose, { x }, backend, { perm: [1, 0] });
    const left = transposeA ? flip(a) : a;
    const right = transposeB ? flip(b) : b;
    const out = original({ inputs: { a: left, b: right }, backend, attrs: { transposeA: false, transposeB: false } });
    if (transposeA) backend.disposeData(left.dataId);
    if (transposeB) backend.disposeData(right.dataId);
    return out;
  };
}

/**
 * Gradient of a convolution in its filter, dW[u, v, c, k] = sum over n, i, j of x[n, s i + u - p, s j + v - p, c] dy[n, i, j, k]:
 * itself a convolution, of x with batch and channels exchanged, with filter dy dilated by the stride s.
 */
const conv2dBackpropFilter: KernelFunc = (args) => {
  const backend = args.backend as KernelBackend;
  const { x, dy } = args.inputs as { x: TensorInfo; dy: TensorInfo };
  const { strides, pad, dimRoundingMode, filterShape } = args.attrs as unknown as ConvolutionAttributes & {
    filterShape: [number, number, number, number];
  };
  const info = backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { top, left } = info.padInfo;
  const { strideHeight, strideWidth, outHeight, outWidth, filterHeight, filterWidth, inHeight, inWidth } = info;
  // Rows and columns of the padded input that the forward pass read.
  const reachHeight = (outHeight - 1) * strideHeight + filterHeight;
  const reachWidth = (outWidth - 1) * strideWidth + filterWidth;

  const images = run(Transpose, { x }, backend, { perm: [3, 1, 2, 0] });
  const padded = run(PadV2, { x: images }, backend, {
    paddings: [
      [0, 0],
      [top, Math.max(0, reachHeight - inHeight - top)],
      [left, Math.max(0, reachWidth - inWidth - left)],
      [0, 0],
    ],
    constantValue: 0,
  });
  backend.disposeData(images.dataId);
  const filter = run(Transpose, { x: dy }, backend, { perm: [1, 2, 0, 3] });
  const gradients = run(Conv2D, { x: padded, filter }, backend, {
    strides: [1, 1],
    pad: 'valid',
    dataFormat: 'NHWC',
    dilations: [strideHeight, strideWidth],
  });
  backend.disposeData(padded.dataId);
  backend.disposeData(filter.dataId);
  // Channels x u x v x kernels. With stride 2 the last row of x may be one that no output read: cut off what came of it.
  const [channels, , , kernels] = gradients.shape as [number, number, number, number];
  const cut = run(Slice, { x: gradients }, backend, {
    begin: [0, 0, 0, 0],
    size: [channels, filterHeight, filterWidth, kernels],
  });
  const out = run(Transpose, { x: cut }, backend, { perm: [1, 2, 0, 3] });
  backend.disposeData(cut.dataId);
  backend.disposeData(gradients.dataId);
  return out;
};

/**
 * Gradient of a convolution in its input: the convolution of dy, spread out by the stride with zeros between, with the filter
 * turned by 180 degrees and its channels exchanged. Ten times as fast as the backend's own kernel, a plain loop.
 */
const conv2dBackpropInput: KernelFunc = (args) => {
  const backend = args.backend as KernelBackend;
  const { dy, filter } = args.inputs as { dy: TensorInfo; filter: TensorInfo };
  const { strides, pad, dimRoundingMode, inputShape } = args.attrs as unknown as ConvolutionAttributes & {
    inputShape: [number, number, number, number];
  };
  const filterShape = filter.shape as [number, number, number, number];
  const info = backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  const { batchSize, outHeight, outWidth, outChannels, inHeight, inWidth, filterHeight, filterWidth, strideHeight, strideWidth } =
    info;
  const { top, left } = info.padInfo;
  const owned: TensorInfo[] = [];
  const own = (tensor: TensorInfo): TensorInfo => (owned.push(tensor), tensor);

  // Each gradient with stride - 1 zeros after it, in height and in width.
  let spread = dy;
  if (strideHeight > 1 || strideWidth > 1) {
    const cells = { ...dy, shape: [batchSize * outHeight, 1, outWidth, outChannels] };
    const padded = own(
      run(PadV2, { x: cells }, backend, {
        paddings: [
          [0, 0],
          [0, strideHeight - 1],
          [0, 0],
          [0, (strideWidth - 1) * outChannels],
        ],
        constantValue: 0,
      }),
    );
    spread = { ...padded, shape: [batchSize, outHeight * strideHeight, outWidth * strideWidth, outChannels] };
  }
  const [height, width] = [spread.shape[1]!, spread.shape[2]!];
  const padded = own(
    run(PadV2, { x: spread }, backend, {
      paddings: [
        [0, 0],
        [filterHeight - 1 - top, Math.max(0, inHeight + top - height)],
        [filterWidth - 1 - left, Math.max(0, inWidth + left - width)],
        [0, 0],
      ],
      constantValue: 0,
    }),
  );
  const turned = own(run(Reverse, { x: filter }, backend, { dims: [0, 1] }));
  const exchanged = own(run(Transpose, { x: turned }, backend, { perm: [0, 1, 3, 2] }));
  const attributes = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1] };
  const whole = run(Conv2D, { x: padded, filter: exchanged }, backend, attributes);
  for (const { dataId } of owned) backend.disposeData(dataId);
  if (whole.shape[1] === inHeight && whole.shape[2] === inWidth) return whole;
  const out = run(Slice, { x: whole }, backend, { begin: [0, 0, 0, 0], size: inputShape });
  backend.disposeData(whole.dataId);
  return out;
};

/** Call once, after the backend is registered. */
export function completeWasmKernels(): void {
  const backendName = 'wasm';
  const matMul = getKernel(BatchMatMul, backendName);
  if (!matMul) throw new Error('the WASM backend is not registered');
  for (const name of [BatchMatMul, Conv2DBackpropInput, MaxPoolGrad]) unregisterKernel(name, backendName);
  registerKernel({ ...matMul, kernelFunc: transposingMatMul(matMul.kernelFunc) });
  registerKernel({ kernelName: Conv2DBackpropFilter, backendName, kernelFunc: conv2dBackpropFilter });
  registerKernel({ kernelName: Conv2DBackpropInput, backendName, kernelFunc: conv2dBackpropInput });
  registerWasmHeapKernels();
}
