import { gammaClosedForm } from './gammaClosedForm.ts';

/**
 * Effective LR, t steps after the LR was divided by k at equilibrium and constant WD, relative to the one before:
 * 1/k at once, then back up to 1/sqrt(k) with time constant k / (4 lambda_e,old). |w| is continuous, so gamma jumps
 * by k^2, while its equilibrium moves by k only; constant S. Mechanism of the error's second movement after LR decay
 * in Li, Lyu, Arora 2020.
 */
export function lrDropResponse(k: number, intrinsicLrBefore: number, t: number): number {
  const intrinsicLr = intrinsicLrBefore / k;
  // In units of the old equilibrium gamma, so that S = 2 lambda_e,old.
  return 1 / Math.sqrt(gammaClosedForm(k * k, intrinsicLr, 2 * intrinsicLrBefore, t));
}
