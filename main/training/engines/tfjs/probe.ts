import * as tf from '@tensorflow/tfjs-core';
import type { ScaleInvariantGroup } from '../../../../shared/model/run.ts';
import type { NetworkGraph } from '../../../../shared/network/graph.ts';
import { initialValues } from '../../../../shared/network/initialValues.ts';
import { randomStream } from '../../../../shared/network/randomStream.ts';
import {
  findScaleInvariantGroups,
  type ProbedParameter,
  type ProbeProducts,
  probesForJointGroups,
  splitSingles,
} from '../../../../shared/network/scaleInvariance.ts';
import type { Batch } from '../../datasets/dataset.ts';
import { gradientsOf } from './gradients.ts';

const singleProbes = 4;
/** Far below any variance of a live unit and far above what float32 needs: invariance is exact up to rounding. */
const probeEpsilon = 1e-10;

/** Constant starts (scale 1, bias 0) moved off their special values, at which <g, w> can vanish by accident. */
function probePoint(graph: NetworkGraph, seed: number, replica: number): readonly Float32Array[] {
  const random = randomStream(seed, replica, 'probe', 0);
  return initialValues(graph, seed, replica).map((values, i) => {
    const { kind } = graph.parameters[i]!.initializer;
    return kind === 'constant' ? values.map((x) => x + 0.25 * random.normal()) : values;
  });
}

function products(w: Float32Array, g: Float32Array): ProbeProducts {
  let [wg, gg, ww] = [0, 0, 0];
  for (let i = 0; i < w.length; i++) {
    wg += w[i]! * g[i]!;
    gg += g[i]! * g[i]!;
    ww += w[i]! * w[i]!;
  }
  return { wg, gg, ww };
}

/**
 * Finds the scale-invariant groups of a network numerically, from gradients on probe batches at its random start with a
 * vanishing batch-norm epsilon. `batch(i)` gives the i-th probe batch.
 */
export async function detectGroups(
  graph: NetworkGraph,
  seed: number,
  replica: number,
  batch: (probe: number) => Batch,
): Promise<readonly ScaleInvariantGroup[]> {
  const exact: NetworkGraph = {
    ...graph,
    layers: graph.layers.map((layer) => (layer.kind === 'batch-norm' ? { ...layer, epsilon: probeEpsilon } : layer)),
  };
  const point = probePoint(graph, seed, replica);
  const trained = graph.parameters.flatMap(({ trained }, i) => (trained ? [i] : []));
  const observed = graph.parameters.map((): ProbeProducts[] => []);
  const parameters = point.map((values, i) => tf.tensor(values, [...graph.parameters[i]!.shape]));
  const probed = (): ProbedParameter[] =>
    trained.map((i) => ({ name: graph.parameters[i]!.name, size: point[i]!.length, products: observed[i]! }));

  let probe = 0;
  const probeUntil = async (count: number): Promise<void> => {
    for (; probe < count; probe++) {
      const { gradients, lossSum, correct } = gradientsOf(exact, parameters, batch(probe));
      for (const i of trained) observed[i]!.push(products(point[i]!, (await gradients[i]!.data()) as Float32Array));
      tf.dispose([lossSum, correct, ...gradients.filter((gradient) => gradient !== null)]);
    }
  };
  await probeUntil(singleProbes);
  await probeUntil(probesForJointGroups(splitSingles(probed()).rest.length));
  tf.dispose(parameters);
  return findScaleInvariantGroups(probed());
}
