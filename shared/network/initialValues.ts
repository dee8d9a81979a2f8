import { type NetworkGraph, sizeOf } from './graph.ts';
import { randomStream } from './randomStream.ts';

/** Start of every parameter, in the order of the graph. Parameter i of (seed, replica) is always the same. */
export function initialValues(graph: NetworkGraph, seed: number, replica: number): readonly Float32Array[] {
  return graph.parameters.map(({ shape, initializer }, i) => {
    const values = new Float32Array(sizeOf(shape));
    if (initializer.kind === 'constant') return values.fill(initializer.value);
    const random = randomStream(seed, replica, 'initialValues', i);
    return values.map(() => initializer.standardDeviation * random.normal());
  });
}
