import * as tf from '@tensorflow/tfjs-core';
import type { ScaleInvariantGroup } from '../../../../shared/model/run.ts';
import { type NetworkGraph, sizeOf } from '../../../../shared/network/graph.ts';
import type { Batch } from '../../datasets/dataset.ts';
import type { GroupProducts, Optimizer, Program, ProgramState, StepRequest, StepResult } from '../program.ts';
import type { Statistics } from './batchNorm.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import { forward, type NormStatistics, releasePlan } from './forward.ts';
import { createDerivative, inputTensor, targetTensor } from './gradients.ts';
import { layOut, rowLength } from './layout.ts';
import { createStatisticsAverage } from './populationStatistics.ts';
import { scoped } from './scoped.ts';
import { sgdStep } from './sgd.ts';

/** Which products a measured step holds, each a row-sum vector; `vv`, `wv` with momentum, `dd` with a noise batch. */
type Product = keyof GroupProducts;

interface Pending {
  readonly request: StepRequest;
  readonly samples: number;
  readonly products: readonly Product[];
  readonly packed: tf.Tensor1D;
}

/** Weights and velocity after a step, and what is to be read back of it. */
interface Stepped {
  readonly next: tf.Tensor1D;
  readonly nextVelocity: tf.Tensor1D | null;
  readonly packed: tf.Tensor1D;
}

/**
 * A network on the current TensorFlow.js backend. `start` holds the values of all parameters in the graph's order. All trained
 * weights are one vector, so that the update and the norms cost the same few operations for any depth.
 */
export function createTfjsProgram(
  graph: NetworkGraph,
  start: readonly Float32Array[],
  groups: readonly ScaleInvariantGroup[],
  optimizer: Optimizer,
): Program {
  const layout = layOut(graph, groups);
  const { differentiate, rowMean, dispose: disposeDerivative } = createDerivative(graph);
  const releases = releasePlan(graph, false);
  const vectorSize = layout.rows * rowLength;
  const withMomentum = optimizer.momentum > 0;

  const toVector = (values: readonly (Float32Array | undefined)[]): Float32Array => {
    const vector = new Float32Array(vectorSize);
    layout.offsets.forEach((offset, i) => offset >= 0 && vector.set(values[i]!, offset));
    return vector;
  };
  const fixed = graph.parameters.map(({ trained, shape }, i) => (trained ? null : tf.tensor(start[i]!, [...shape])));
  const paddings = layout.segments.map(({ padding }) => (padding > 0 ? tf.zeros([padding]) : null));
  let weights = tf.tensor1d(toVector(start));
  let velocity = withMomentum ? tf.zeros<tf.Rank.R1>([vectorSize]) : null;
  let pending: Pending[] = [];

  const parameterTensors = (vector: tf.Tensor1D): tf.Tensor[] =>
    graph.parameters.map(
      ({ shape }, i) => fixed[i] ?? tf.reshape(tf.slice(vector, [layout.offsets[i]!], [sizeOf(shape)]), [...shape]),
    );

  const toGradientVector = (gradients: readonly (tf.Tensor | null)[]): tf.Tensor1D => {
    const parts = layout.segments.flatMap((segment, i) => [
      ...segment.parameters.map((p) => tf.reshape<tf.Rank.R1>(gradients[p]!, [-1])),
      ...(paddings[i] ? [paddings[i] as tf.Tensor1D] : []),
    ]);
    return parts.length === 1 ? parts[0]! : tf.concat1d(parts);
  };

  const rowSums = (a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D =>
    tf.tidy(() => tf.sum<tf.Tensor1D>(tf.reshape(tf.mul(a, b), [layout.rows, rowLength]), 1));

  const readGroups = (values: Float32Array, from: number, products: readonly Product[]): GroupProducts[] => {
    const found = layout.segments.filter(({ group }) => group !== null);
    return found.map(({ firstRow, rows }) => {
      const sum = (product: Product): number | null => {
        const at = products.indexOf(product);
        if (at < 0) return null;
        let total = 0;
        const first = from + at * layout.rows + firstRow;
        for (let i = first; i < first + rows; i++) total += values[i]!;
        return total;
      };
      return { ww: sum('ww')!, gg: sum('gg')!, wg: sum('wg')!, vv: sum('vv'), wv: sum('wv'), dd: sum('dd') };
    });
  };

  return {
    step(batch, request) {
      const products: Product[] = [];
      const result = scoped((): Stepped => {
        const parameters = parameterTensors(weights);
        const { lossSum, correct, gradients } = differentiate(parameters, batch);
        const gradient = toGradientVector(gradients);
        const { weights: next, velocity: nextVelocity } = sgdStep({ weights, velocity }, gradient, request, optimizer);
        const packed: tf.Tensor1D[] = [tf.reshape(lossSum, [1]), tf.reshape(correct, [1])];
        const measure = (product: Product, a: tf.Tensor1D, b: tf.Tensor1D): void => {
          products.push(product);
          packed.push(rowSums(a, b));
        };
        if (request.measure) {
          measure('ww', weights, weights);
          measure('gg', gradient, gradient);
          measure('wg', weights, gradient);
          if (nextVelocity) {
            measure('vv', nextVelocity, nextVelocity);
            measure('wv', weights, nextVelocity);
          }
        }
        if (request.noiseBatch) {
          const other = toGradientVector(differentiate(parameters, request.noiseBatch).gradients);
          const difference = tf.sub<tf.Tensor1D>(gradient, other);
          measure('dd', difference, difference);
        }
        return { next, nextVelocity, packed: tf.concat1d(packed) };
      });
      tf.dispose(velocity ? [weights, velocity] : [weights]);
      weights = result.next;
      velocity = result.nextVelocity;
      pending.push({ request, samples: batch.count, products, packed: result.packed });
    },

    async read() {
      const steps = pending;
      if (steps.length === 0) return [];
      pending = [];
      const all = steps.length === 1 ? steps[0]!.packed : tf.concat1d(steps.map(({ packed }) => packed));
      const values = (await all.data()) as Float32Array;
      let at = 0;
      const results = steps.map(({ request, samples, products, packed }): StepResult => {
        const { step, lr, wd, measure } = request;
        const [loss, accuracy] = [values[at]! / samples, values[at + 1]! / samples];
        const measured = measure ? readGroups(values, at + 2, products) : null;
        at += packed.size;
        return { step, lr, wd, loss, accuracy, groups: measured };
      });
      tf.dispose([all, ...steps.map(({ packed }) => packed)]);
      return results;
    },

    async evaluate(statisticsBatches, batches) {
      const parameters = tf.tidy(() => parameterTensors(weights));
      const run = (batch: Batch, statistics: NormStatistics): tf.Tensor2D =>
        forward(graph, parameters, inputTensor(graph, batch), statistics, rowMean, releases).logits;

      const average = createStatisticsAverage();
      for (const batch of statisticsBatches) {
        average.countBatch();
        tf.tidy(() => void run(batch, { kind: 'batch', seen: average.add }));
      }
      const statistics: ReadonlyMap<number, Statistics> = average.finish();
      let samples = 0;
      const sums: tf.Tensor1D[] = [];
      for (const batch of batches) {
        samples += batch.count;
        sums.push(
          tf.tidy(() => {
            const logits = run(batch, { kind: 'given', of: statistics });
            const { lossSum, correct } = softmaxCrossEntropy(logits, targetTensor(graph, batch), false);
            return tf.stack([lossSum, correct]) as tf.Tensor1D;
          }),
        );
      }
      const total = tf.tidy(() => tf.stack(sums));
      const values = await total.data();
      tf.dispose([total, ...sums, ...parameters.filter((_, i) => !fixed[i])]);
      for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance]);
      let [loss, correct] = [0, 0];
      for (let i = 0; i < values.length; i += 2) {
        loss += values[i]!;
        correct += values[i + 1]!;
      }
      return { loss: loss / samples, accuracy: correct / samples };
    },

    async save() {
      const pick = async (vector: tf.Tensor1D): Promise<Float32Array<ArrayBuffer>> => {
        const values = (await vector.data()) as Float32Array;
        const parts = layout.offsets.flatMap((offset, i) =>
          offset < 0 ? [] : [values.subarray(offset, offset + sizeOf(graph.parameters[i]!.shape))],
        );
        const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
        let at = 0;
        for (const part of parts) {
          out.set(part, at);
          at += part.length;
        }
        return out;
      };
      return { weights: await pick(weights), velocity: velocity && (await pick(velocity)) };
    },

    load(state: ProgramState) {
      const spread = (values: Float32Array): tf.Tensor1D => {
        let at = 0;
        const parts = graph.parameters.map(({ trained, shape }) => {
          if (!trained) return undefined;
          const part = values.subarray(at, at + sizeOf(shape));
          at += part.length;
          return part;
        });
        return tf.tensor1d(toVector(parts));
      };
      tf.dispose(velocity ? [weights, velocity] : [weights]);
      weights = spread(state.weights);
      velocity = withMomentum ? spread(state.velocity ?? new Float32Array(state.weights.length)) : null;
    },

    dispose() {
      tf.dispose([weights, ...(velocity ? [velocity] : []), ...pending.map(({ packed }) => packed)]);
      tf.dispose([...fixed, ...paddings].filter((tensor) => tensor !== null));
      disposeDerivative();
    },
  };
}
