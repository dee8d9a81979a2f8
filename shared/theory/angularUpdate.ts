/**
 * Angle in radians between w before and after a step without momentum, from quantities before the step:
 * tan theta = lr |g| / (rho |w|) = (effective LR) |ghat| / rho, rho = 1 - lr wd. Exact, since <g, w> = 0.
 */
export function angularUpdate(lr: number, wd: number, norm2: number, grad2: number): number {
  return Math.atan2(lr * Math.sqrt(grad2 / norm2), 1 - lr * wd);
}

/** At equilibrium cos theta = 1 - lambda_e exactly, so theta is about sqrt(2 lambda_e), whatever model and data. */
export function equilibriumAngle(intrinsicLr: number): number {
  // arccos(1 - x) = 2 arcsin(sqrt(x / 2)), which keeps its digits at small x.
  return 2 * Math.asin(Math.sqrt(intrinsicLr / 2));
}
