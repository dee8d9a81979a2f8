import * as tf from '@tensorflow/tfjs-core';
import { inputsOf, type Layer, type NetworkGraph, parametersOf } from '../../../../shared/network/graph.ts';
import { type Normalized, normalizeBy, normalizeByBatch, type RowMean, type Statistics } from './batchNorm.ts';

/** Where batch norm takes its statistics from: the batch (and shows them to `seen`), or given ones per layer index. */
export type NormStatistics =
  | { readonly kind: 'batch'; readonly seen?: (layer: number, statistics: Statistics) => void }
  | { readonly kind: 'given'; readonly of: ReadonlyMap<number, Statistics> };

/** Values of the layers that the backward pass needs. */
export interface Trace {
  readonly logits: tf.Tensor2D;
  readonly outputs: readonly (tf.Tensor | null)[];
  readonly normalized: ReadonlyMap<number, Normalized>;
}

/** Whether the backward pass reads the output of `layer`: convolutions need their input, ReLU and pooling also their output. */
function neededBackward(graph: NetworkGraph, layer: number): boolean {
  const own = graph.layers[layer]!.kind;
  if (own === 'relu' || own === 'max-pool') return true;
  return graph.layers.some(({ kind }, at) => {
    const reads = kind === 'linear' || kind === 'conv2d' || kind === 'max-pool';
    return reads && inputsOf(graph.layers[at]!).includes(layer);
  });
}

/** For each layer the layers whose output no later layer reads and the backward pass does not need: free them then. */
export function releasePlan(graph: NetworkGraph, keepForBackward: boolean): readonly (readonly number[])[] {
  const lastUse = new Map<number, number>();
  graph.layers.forEach((layer, at) => inputsOf(layer).forEach((input) => lastUse.set(input, at)));
  return graph.layers.map((_, at) =>
    [...lastUse]
      .filter(([layer, use]) => use === at && layer > 0 && !(keepForBackward && neededBackward(graph, layer)))
      .map(([layer]) => layer),
  );
}

const asRows = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape.at(-1)!]);

/** Zero padding (kernel - 1) / 2; outputs round down, as in PyTorch. */
export function convolutionOptions(weight: tf.Tensor, stride: 1 | 2) {
  return { strides: [stride, stride] as [number, number], pad: (weight.shape[0] - 1) / 2, dimRoundingMode: 'floor' as const };
}

/**
 * Runs the graph on `input` (batch x sample shape). Must be called inside tf.tidy; values no longer needed are freed early,
 * which is what bounds the memory of deep networks.
 */
export function forward(
  graph: NetworkGraph,
  weights: readonly tf.Tensor[],
  input: tf.Tensor,
  statistics: NormStatistics,
  rowMean: RowMean,
  releases: readonly (readonly number[])[],
): Trace {
  const outputs: (tf.Tensor | null)[] = [];
  const normalized = new Map<number, Normalized>();
  const at = (layer: number): tf.Tensor => outputs[layer]!;

  const batchNorm = (layer: Extract<Layer, { kind: 'batch-norm' }>, index: number): tf.Tensor => {
    const x = at(layer.input);
    let flat: tf.Tensor2D;
    if (statistics.kind === 'given') {
      flat = tf.tidy(() => normalizeBy(asRows(x), statistics.of.get(index)!, layer.epsilon));
    } else {
      const result = tf.tidy(() => ({ ...normalizeByBatch(asRows(x), layer.epsilon, rowMean) }));
      statistics.seen?.(index, result);
      normalized.set(index, result);
      flat = result.normalized;
    }
    const [scale, bias] = layer.affine ? parametersOf(layer).map((p) => weights[p]!) : [];
    if (scale && bias) flat = tf.tidy(() => tf.add(tf.mul(flat, scale), bias));
    return tf.reshape(flat, x.shape);
  };

  const apply = (layer: Layer, index: number): tf.Tensor => {
    switch (layer.kind) {
      case 'input':
        return input;
      case 'linear': {
        const x = at(layer.input);
        return tf.matMul(tf.reshape<tf.Rank.R2>(x, [x.shape[0], -1]), weights[layer.weight] as tf.Tensor2D);
      }
      case 'conv2d': {
        const weight = weights[layer.weight] as tf.Tensor4D;
        const { strides, pad, dimRoundingMode } = convolutionOptions(weight, layer.stride);
        return tf.conv2d(at(layer.input) as tf.Tensor4D, weight, strides, pad, 'NHWC', 1, dimRoundingMode);
      }
      case 'batch-norm':
        return batchNorm(layer, index);
      case 'relu':
        return tf.relu(at(layer.input));
      case 'max-pool':
        return tf.maxPool(at(layer.input) as tf.Tensor4D, 2, 2, 'valid');
      case 'global-mean': {
        const x = at(layer.input) as tf.Tensor4D;
        return tf.mean(x, [1, 2]);
      }
      case 'add':
        return tf.add(at(layer.inputs[0]), at(layer.inputs[1]));
    }
  };

  graph.layers.forEach((layer, index) => {
    outputs.push(apply(layer, index));
    for (const done of releases[index]!) {
      outputs[done]!.dispose();
      outputs[done] = null;
    }
  });
  return { logits: outputs.at(-1) as tf.Tensor2D, outputs, normalized };
}
