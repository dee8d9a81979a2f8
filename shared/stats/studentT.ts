import { incompleteBeta } from './incompleteBeta.ts';

/** P(T > t) for t >= 0 of Student's t with `degrees` > 0 degrees of freedom. */
function upperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/**
 * Quantile of Student's t: P(T <= quantile) = p, 0 < p < 1, degrees > 0 (need not be whole). Relative error below 1e-8.
 * NaN outside that range. Bisection of the distribution function, which is monotone, in about 60 evaluations.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && degrees > 0)) return NaN;
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let low = 0;
  let high = 1;
  while (upperTail(high, degrees) > 1 - p && high < 1e150) {
    low = high;
    high *= 2;
  }
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (upperTail(middle, degrees) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
