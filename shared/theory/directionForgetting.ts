/**
 * E<u_0, u_t> = exp(-1/2 integral_0^t S / gamma ds) of the direction u = w / |w| under pure noise, for S / gamma given per step
 * (held over each step); n + 1 values from 1 on. At equilibrium S / gamma = 2 lambda_e. From Ito's formula on the SDE of
 * Li, Lyu, Arora 2020. NaN in, NaN from there on.
 */
export function directionForgetting(secondMomentOverGamma: ArrayLike<number>): Float64Array {
  const cosine = new Float64Array(secondMomentOverGamma.length + 1);
  let integral = 0;
  cosine[0] = 1;
  for (let t = 0; t < secondMomentOverGamma.length; t++) {
    integral += secondMomentOverGamma[t]!;
    cosine[t + 1] = Math.exp(-integral / 2);
  }
  return cosine;
}

/** The same at equilibrium: exp(-lambda_e t). */
export const equilibriumForgetting = (intrinsicLr: number, t: number): number => Math.exp(-intrinsicLr * t);
