import { fitExponentialRelaxation, type ExponentialRelaxation, type RelaxationParameters } from './exponentialRelaxation.ts';

/**
 * The relaxation that would have been fitted had the driver S_t = |ghat|^2 been stationary. Takes from gamma its response d to
 * the difference between S_t and its mean over the last third, through the one-pole filter of the fitted rate, and refits:
 *
 *   d' = d exp(-rate dt) + (1 - exp(-rate dt)) level (S_t / S_end - 1),   d_0 = 0.
 *
 * A first-order correction, meant to say how far drift has moved the time, not to replace it: S_t itself is noisy, and the
 * corrected curve contains the filter that theory predicts. Undefined where it cannot be computed.
 */
export function relaxationWithoutDrift(
  t: Float64Array,
  y: Float64Array,
  secondMoment: Float64Array,
  fit: RelaxationParameters,
): ExponentialRelaxation | undefined {
  const late = secondMoment.subarray(Math.floor((2 * secondMoment.length) / 3));
  const end = late.reduce((sum, value) => sum + value, 0) / late.length;
  const corrected = new Float64Array(y.length);
  let response = 0;
  for (let i = 0; i < t.length; i++) {
    corrected[i] = y[i]! - response;
    if (!(corrected[i]! > 0)) return undefined;
    if (i + 1 === t.length) break;
    const decay = Math.exp(-fit.rate * (t[i + 1]! - t[i]!));
    response = response * decay + (1 - decay) * fit.level * (secondMoment[i]! / end - 1);
  }
  const again = fitExponentialRelaxation(t, corrected, fit);
  return again?.converged === true ? again : undefined;
}
