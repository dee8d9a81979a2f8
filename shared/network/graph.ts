/**
 * A network as plain data, the only description of a model: engines interpret it. Layers refer to earlier layers by index and
 * to parameters by index. Images are height x width x channels. The loss is the softmax cross-entropy of the last layer's
 * output, averaged over the batch, in nats.
 */
export type Layer =
  | { readonly kind: 'input' }
  /** y = x W without bias; an input of any shape is flattened first. W: in x out. */
  | { readonly kind: 'linear'; readonly input: number; readonly weight: number }
  /** Zero padding (kernel - 1) / 2 on every side, as in PyTorch. W: kernel x kernel x in x out. */
  | { readonly kind: 'conv2d'; readonly input: number; readonly weight: number; readonly stride: 1 | 2 }
  /** Per channel over batch and positions, biased variance. `affine`: parameters [scale, bias], or null. */
  | {
      readonly kind: 'batch-norm';
      readonly input: number;
      readonly epsilon: number;
      readonly affine: readonly [number, number] | null;
    }
  | { readonly kind: 'relu'; readonly input: number }
  /** 2 x 2, stride 2; odd last rows and columns are dropped. */
  | { readonly kind: 'max-pool'; readonly input: number }
  /** Mean over height and width. */
  | { readonly kind: 'global-mean'; readonly input: number }
  | { readonly kind: 'add'; readonly inputs: readonly [number, number] };

/** How a parameter starts: normal with mean 0 and the given standard deviation, or all one value. */
export type Initializer =
  { readonly kind: 'normal'; readonly standardDeviation: number } | { readonly kind: 'constant'; readonly value: number };

export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** false: stays at its start (the fixed last layer). */
  readonly trained: boolean;
}

/** `inputShape` is of one sample: [features] or [height, width, channels]. Layer 0 is the input. */
export interface NetworkGraph {
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly layers: readonly Layer[];
  readonly parameters: readonly Parameter[];
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

export function inputsOf(layer: Layer): readonly number[] {
  switch (layer.kind) {
    case 'input':
      return [];
    case 'add':
      return layer.inputs;
    case 'linear':
    case 'conv2d':
    case 'batch-norm':
    case 'relu':
    case 'max-pool':
    case 'global-mean':
      return [layer.input];
  }
}

export function parametersOf(layer: Layer): readonly number[] {
  if (layer.kind === 'linear' || layer.kind === 'conv2d') return [layer.weight];
  if (layer.kind === 'batch-norm') return layer.affine ?? [];
  return [];
}
