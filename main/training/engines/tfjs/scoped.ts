import { tidy, type TensorContainer } from '@tensorflow/tfjs-core';

/** tf.tidy for any result: its type wants containers without null, though it walks past nulls. */
export function scoped<T>(work: () => T): T {
  return tidy(work as () => TensorContainer) as T;
}
