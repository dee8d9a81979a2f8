/** Trace of the covariance of the batch gradient, and the squared norm of its mean. In weight space: times |w|^2 on the unit sphere. */
export interface GradientMoments {
  readonly trSigma: number;
  /** Unbiased, so it may be negative. */
  readonly meanGradient2: number;
}

function squaredNorm(vector: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
  return sum;
}

/**
 * From the gradients g, g' of two independent batches of the training size: Tr Sigma = |g - g'|^2 / 2, |grad L|^2 = <g, g'>.
 * Unbiased, and the only clean way under BatchNorm: both batches are normalised like a training batch.
 */
export function momentsOfTwoBatches(first: ArrayLike<number>, second: ArrayLike<number>): GradientMoments {
  let difference2 = 0;
  let product = 0;
  for (let i = 0; i < first.length; i++) {
    difference2 += (first[i]! - second[i]!) ** 2;
    product += first[i]! * second[i]!;
  }
  return { trSigma: difference2 / 2, meanGradient2: product };
}

/**
 * From m >= 2 gradients of micro-batches of `microSize` samples each, for batches of `batchSize`:
 * Tr Sigma = sum |g_i - mean|^2 / (m - 1) * microSize / batchSize, |grad L|^2 = |mean|^2 - Tr Sigma (for m microSize = batchSize).
 * Not under BatchNorm unless training normalises over micro-batches too. Fewer than two gradients give NaN.
 */
export function momentsOfMicroBatches(
  gradients: readonly ArrayLike<number>[],
  microSize: number,
  batchSize: number,
): GradientMoments {
  const m = gradients.length;
  const size = gradients[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const gradient of gradients) for (let i = 0; i < size; i++) mean[i]! += gradient[i]! / m;
  let scatter = 0;
  for (const gradient of gradients) for (let i = 0; i < size; i++) scatter += (gradient[i]! - mean[i]!) ** 2;
  const trSigma = m < 2 ? NaN : ((scatter / (m - 1)) * microSize) / batchSize;
  return { trSigma, meanGradient2: squaredNorm(mean) - trSigma };
}

/**
 * From mean squared gradient norms at two batch sizes b < B: Tr Sigma_B = (|g_b|^2 - |g_B|^2) / (1/b - 1/B) / B,
 * McCandlish et al. 2018. Biased under BatchNorm, whose noise depends on the batch size.
 */
export function momentsOfTwoSizes(smallGrad2: number, smallSize: number, largeGrad2: number, largeSize: number): GradientMoments {
  const trSigma = (smallGrad2 - largeGrad2) / (1 / smallSize - 1 / largeSize) / largeSize;
  return { trSigma, meanGradient2: largeGrad2 - trSigma };
}

/** Factor on Tr Sigma when batches are drawn without replacement from N samples: (N - B) / (N - 1). */
export const withoutReplacement = (batchSize: number, samples: number): number => (samples - batchSize) / (samples - 1);
