/** Equilibrium of SGD without momentum at constant S = E|ghat|^2: the SDE's value and that of the discrete iteration. */
export interface SgdEquilibrium {
  readonly norm4: { readonly continuous: number; readonly discrete: number };
  readonly effectiveLr: { readonly continuous: number; readonly discrete: number };
  readonly gamma: { readonly continuous: number; readonly discrete: number };
  /** Factor by which a small deviation of gamma shrinks in one step: 2 rho^2 - 1. */
  readonly multiplier: number;
}

/**
 * |w|^4 = lr S / (2 wd) in the SDE (Li, Lyu, Arora 2020) and lr^2 S / (1 - rho^2) in discrete time, rho = 1 - lr wd;
 * effective LR lr / |w|^2, which is sqrt(2 lambda_e / S) in the SDE; gamma = its inverse square.
 */
export function sgdEquilibrium(lr: number, wd: number, secondMoment: number): SgdEquilibrium {
  const intrinsicLr = lr * wd;
  const rho = 1 - intrinsicLr;
  const both = (gamma: number): { norm4: number; effectiveLr: number; gamma: number } => ({
    norm4: gamma * lr * lr,
    effectiveLr: 1 / Math.sqrt(gamma),
    gamma,
  });
  const continuous = both(secondMoment / (2 * intrinsicLr));
  // 1 - rho^2 = lambda_e (2 - lambda_e) without cancellation.
  const discrete = both(secondMoment / (intrinsicLr * (2 - intrinsicLr)));
  return {
    norm4: { continuous: continuous.norm4, discrete: discrete.norm4 },
    effectiveLr: { continuous: continuous.effectiveLr, discrete: discrete.effectiveLr },
    gamma: { continuous: continuous.gamma, discrete: discrete.gamma },
    multiplier: 2 * rho * rho - 1,
  };
}
