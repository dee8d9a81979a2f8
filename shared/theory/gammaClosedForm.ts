/**
 * gamma(t) = gamma* + (gamma0 - gamma*) exp(-4 lambda_e t), gamma* = S / (2 lambda_e), for constant S = E|ghat|^2.
 *
 * Solution of d gamma/dt = -4 lambda_e gamma + 2 S, the norm equation of the SDE of Li, Lyu, Arora 2020. Without weight
 * decay (lambda_e = 0) gamma grows as gamma0 + 2 S t. Start far below equilibrium the discrete iteration differs by
 * about (lambda_e / e)(gamma* / gamma0): use normRecursion there. NaN in, NaN out.
 */
export function gammaClosedForm(gamma0: number, intrinsicLr: number, secondMoment: number, t: number): number {
  if (intrinsicLr === 0) return gamma0 + 2 * secondMoment * t;
  const equilibrium = secondMoment / (2 * intrinsicLr);
  // expm1 keeps the digits of small 4 lambda_e t.
  return gamma0 + (equilibrium - gamma0) * -Math.expm1(-4 * intrinsicLr * t);
}
