import * as tf from '@tensorflow/tfjs-core';
import { fusedKernels, runFused } from './fusedKernels.ts';

/** 1 x rows matrix of 1/rows: a product with it is the mean over rows, faster on every backend than a reduction of columns. */
export type RowMean = (x: tf.Tensor2D) => tf.Tensor2D;

export function createRowMean(): { readonly rowMean: RowMean; readonly dispose: () => void } {
  const weights = new Map<number, tf.Tensor2D>();
  return {
    rowMean: (x) => {
      const rows = x.shape[0];
      let weight = weights.get(rows);
      if (!weight) {
        weight = tf.keep(tf.fill<tf.Rank.R2>([1, rows], 1 / rows));
        weights.set(rows, weight);
      }
      return tf.matMul(weight, x);
    },
    dispose: () => {
      for (const weight of weights.values()) weight.dispose();
      weights.clear();
    },
  };
}

/** Of each channel, 1 x channels; the variance is the biased one. */
export interface Statistics {
  readonly mean: tf.Tensor2D;
  readonly variance: tf.Tensor2D;
}

export interface Normalized {
  /** (x - mean) / sqrt(variance + epsilon). */
  readonly normalized: tf.Tensor2D;
  /** 1 / sqrt(variance + epsilon). */
  readonly inverse: tf.Tensor2D;
}

/** x: rows x channels. With its own statistics over the rows; two passes, since E x^2 - (E x)^2 cancels in float32. */
export function normalizeByBatch(x: tf.Tensor2D, epsilon: number, rowMean: RowMean): Normalized & Statistics {
  const fused = runFused(fusedKernels.batchNorm, { x }, { epsilon });
  if (fused) {
    const [normalized, inverse, mean, variance] = fused as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    return { normalized, inverse, mean, variance };
  }
  const mean = rowMean(x);
  const centered = tf.sub<tf.Tensor2D>(x, mean);
  const variance = rowMean(tf.square(centered));
  const inverse = tf.rsqrt(tf.add<tf.Tensor2D>(variance, epsilon));
  return { normalized: tf.mul(centered, inverse), inverse, mean, variance };
}

export function normalizeBy(x: tf.Tensor2D, { mean, variance }: Statistics, epsilon: number): tf.Tensor2D {
  return tf.batchNorm2d(
    x,
    tf.reshape<tf.Rank.R1>(mean, [-1]),
    tf.reshape<tf.Rank.R1>(variance, [-1]),
    undefined,
    undefined,
    epsilon,
  );
}

/** dL/dx from dL/d(normalized). Ioffe and Szegedy 2015, section 3, with the sums over the batch as means. */
export function batchNormBackward(gradient: tf.Tensor2D, { normalized, inverse }: Normalized, rowMean: RowMean): tf.Tensor2D {
  const fused = runFused(fusedKernels.batchNormGrad, { gradient, normalized, inverse });
  if (fused) return fused[0] as tf.Tensor2D;
  const along = rowMean(tf.mul(gradient, normalized));
  const centered = tf.sub(tf.sub(gradient, rowMean(gradient)), tf.mul(normalized, along));
  return tf.mul(centered, inverse);
}
