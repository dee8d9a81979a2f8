import * as tf from '@tensorflow/tfjs-core';
import { inputsOf, type NetworkGraph, parametersOf } from '../../../../shared/network/graph.ts';
import { layerShapes } from '../../../../shared/network/shapes.ts';
import { batchNormBackward, type RowMean } from './batchNorm.ts';
import { fusedKernels, runFused } from './fusedKernels.ts';
import { convolutionOptions, type Trace } from './forward.ts';

export interface BackwardPlan {
  readonly shapes: readonly (readonly number[])[];
  /** Whether anything trained lies at or before each layer: only there gradients are needed. */
  readonly needed: readonly boolean[];
}

export function backwardPlan(graph: NetworkGraph): BackwardPlan {
  const needed: boolean[] = [];
  for (const layer of graph.layers) {
    const own = parametersOf(layer).some((p) => graph.parameters[p]!.trained);
    needed.push(own || inputsOf(layer).some((input) => needed[input]!));
  }
  return { shapes: layerShapes(graph), needed };
}

const asRows = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape.at(-1)!]);

function reluBackward(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return runFused(fusedKernels.reluGrad, { dy, y })?.[0] ?? tf.tidy(() => tf.mul(dy, tf.step(y)));
}

/**
 * Gradient in every trained parameter (null for the others), given that in the logits. Reverse pass over the graph with the
 * derivative of each layer written out: about half as many operations as TensorFlow.js' own tape makes for batch norm.
 * Frees what it has used; must be called inside tf.tidy.
 */
export function backward(
  graph: NetworkGraph,
  weights: readonly tf.Tensor[],
  trace: Trace,
  logitGradient: tf.Tensor2D,
  { shapes, needed }: BackwardPlan,
  rowMean: RowMean,
): readonly (tf.Tensor | null)[] {
  const pending = new Map<number, tf.Tensor>([[graph.layers.length - 1, logitGradient]]);
  const gradients: (tf.Tensor | null)[] = graph.parameters.map(() => null);
  const trained = (parameter: number): boolean => graph.parameters[parameter]!.trained;

  const give = (layer: number, gradient: () => tf.Tensor): void => {
    if (!needed[layer]) return;
    const earlier = pending.get(layer);
    const own = gradient();
    pending.set(layer, earlier ? tf.add(earlier, own) : own);
    if (earlier) tf.dispose([earlier, own]);
  };

  for (let index = graph.layers.length - 1; index > 0; index--) {
    const layer = graph.layers[index]!;
    const dy = pending.get(index);
    if (!dy) continue;
    pending.delete(index);
    switch (layer.kind) {
      case 'input':
        break;
      case 'linear': {
        const x = trace.outputs[layer.input]!;
        const weight = weights[layer.weight] as tf.Tensor2D;
        const d = dy as tf.Tensor2D;
        if (trained(layer.weight)) {
          gradients[layer.weight] = tf.tidy(() => tf.matMul(tf.reshape<tf.Rank.R2>(x, [x.shape[0], -1]), d, true, false));
        }
        give(layer.input, () => tf.tidy(() => tf.reshape(tf.matMul(d, weight, false, true), x.shape)));
        break;
      }
      case 'conv2d': {
        const x = trace.outputs[layer.input] as tf.Tensor4D;
        const weight = weights[layer.weight] as tf.Tensor4D;
        const d = dy as tf.Tensor4D;
        const attributes = { ...convolutionOptions(weight, layer.stride), dataFormat: 'NHWC' as const };
        if (trained(layer.weight)) {
          gradients[layer.weight] = tf
            .engine()
            .runKernel(tf.Conv2DBackpropFilter, { x, dy: d }, { ...attributes, filterShape: weight.shape });
        }
        give(layer.input, () =>
          tf.engine().runKernel(tf.Conv2DBackpropInput, { dy: d, filter: weight }, { ...attributes, inputShape: x.shape }),
        );
        break;
      }
      case 'batch-norm': {
        const own = trace.normalized.get(index)!;
        const [scale, bias] = parametersOf(layer);
        const rows = asRows(dy);
        if (scale !== undefined && trained(scale)) gradients[scale] = tf.tidy(() => tf.sum(tf.mul(rows, own.normalized), 0));
        if (bias !== undefined && trained(bias)) gradients[bias] = tf.sum(rows, 0);
        give(layer.input, () =>
          tf.tidy(() => {
            const d = scale === undefined ? rows : tf.mul<tf.Tensor2D>(rows, weights[scale]!);
            return tf.reshape(batchNormBackward(d, own, rowMean), dy.shape);
          }),
        );
        tf.dispose([rows, own.normalized, own.inverse]);
        break;
      }
      case 'relu':
        give(layer.input, () => reluBackward(dy, trace.outputs[index]!));
        break;
      case 'max-pool': {
        const [input, output] = [trace.outputs[layer.input]!, trace.outputs[index]!];
        const attributes = { filterSize: [2, 2], strides: [2, 2], pad: 'valid' };
        give(layer.input, () => tf.engine().runKernel(tf.MaxPoolGrad, { dy, input, output }, attributes));
        break;
      }
      case 'global-mean': {
        const [height, width, channels] = shapes[layer.input] as [number, number, number];
        const count = dy.shape[0];
        give(layer.input, () =>
          tf.tidy(() => tf.tile(tf.div(tf.reshape(dy, [count, 1, 1, channels]), height * width), [1, height, width, 1])),
        );
        break;
      }
      case 'add':
        for (const input of layer.inputs) give(input, () => tf.clone(dy));
        break;
    }
    dy.dispose();
    trace.outputs[index]?.dispose();
  }
  return gradients;
}
