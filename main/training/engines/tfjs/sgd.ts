import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '../program.ts';

/** Weights and velocity, new tensors (the old ones are the caller's); the velocity is null without momentum. */
export interface SgdState {
  readonly weights: tf.Tensor1D;
  readonly velocity: tf.Tensor1D | null;
}

/**
 * One step of SGD. Coupled, as torch.optim.SGD: v <- a v + g + wd w; w <- w - lr v. Decoupled (SGDW, Loshchilov and Hutter
 * 2019): v <- a v + g; w <- (1 - lr wd) w - lr v. Weight decay acts on every trained parameter, also scale and bias of batch
 * norm and a trained last layer, as torch.optim.SGD does for the parameters it is given.
 */
export function sgdStep(
  { weights, velocity }: SgdState,
  gradient: tf.Tensor1D,
  { lr, wd }: { readonly lr: number; readonly wd: number },
  { momentum, weightDecayMode }: Optimizer,
): SgdState {
  const shrunk = (): tf.Tensor1D => (lr * wd === 0 ? weights : tf.mul<tf.Tensor1D>(weights, 1 - lr * wd));
  if (!velocity) return { weights: tf.sub(shrunk(), tf.mul(gradient, lr)), velocity: null };
  const coupled = weightDecayMode === 'coupled';
  const drive = coupled && wd > 0 ? tf.add<tf.Tensor1D>(gradient, tf.mul(weights, wd)) : gradient;
  const next = tf.add<tf.Tensor1D>(tf.mul(velocity, momentum), drive);
  return { weights: tf.sub(coupled ? weights : shrunk(), tf.mul(next, lr)), velocity: next };
}
