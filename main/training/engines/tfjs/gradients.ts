import * as tf from '@tensorflow/tfjs-core';
import type { NetworkGraph } from '../../../../shared/network/graph.ts';
import type { Batch } from '../../datasets/dataset.ts';
import { backward, backwardPlan } from './backward.ts';
import { createRowMean } from './batchNorm.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import { forward, releasePlan } from './forward.ts';
import { scoped } from './scoped.ts';

/** Loss sum, number correct and gradients of the mean loss (null for fixed parameters), with the batch's own statistics. */
export interface Derivative {
  readonly lossSum: tf.Scalar;
  readonly correct: tf.Scalar;
  readonly gradients: readonly (tf.Tensor | null)[];
}

export function inputTensor(graph: NetworkGraph, batch: Batch): tf.Tensor {
  return tf.tensor(batch.inputs, [batch.count, ...graph.inputShape]);
}

export function targetTensor(graph: NetworkGraph, batch: Batch): tf.Tensor2D {
  return tf.tensor2d(batch.targets, [batch.count, graph.classes]);
}

/** Prepares the forward and backward pass of a graph once; `differentiate` then runs them. */
export function createDerivative(graph: NetworkGraph) {
  const plan = backwardPlan(graph);
  const releases = releasePlan(graph, true);
  const { rowMean, dispose } = createRowMean();
  return {
    rowMean,
    dispose,
    differentiate: (parameters: readonly tf.Tensor[], batch: Batch): Derivative =>
      scoped(() => {
        const trace = forward(graph, parameters, inputTensor(graph, batch), { kind: 'batch' }, rowMean, releases);
        const { lossSum, correct, gradient } = softmaxCrossEntropy(trace.logits, targetTensor(graph, batch), true);
        return { lossSum, correct, gradients: backward(graph, parameters, trace, gradient!, plan, rowMean) };
      }),
  };
}

/** One derivative, for probes and tests. */
export function gradientsOf(graph: NetworkGraph, parameters: readonly tf.Tensor[], batch: Batch): Derivative {
  const { differentiate, dispose } = createDerivative(graph);
  const derivative = differentiate(parameters, batch);
  dispose();
  return derivative;
}
