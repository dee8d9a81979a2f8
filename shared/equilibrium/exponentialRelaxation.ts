import { invertPositiveDefinite, solvePositiveDefinite } from '../numeric/solvePositiveDefinite.ts';

/** y(t) = level + amplitude exp(-rate (t - t[0])), fitted by weighted least squares. */
export interface ExponentialRelaxation {
  readonly level: number;
  readonly amplitude: number;
  /** Per unit of t, > 0. */
  readonly rate: number;
  /** The step was small against the parameters at the end. Finished is not converged. */
  readonly converged: boolean;
}

export type RelaxationParameters = Pick<ExponentialRelaxation, 'level' | 'amplitude' | 'rate'>;

/** Values of the curve at `t`, `t[0]` being its origin. */
export function relaxationCurve(t: Float64Array, { level, amplitude, rate }: RelaxationParameters): Float64Array {
  return t.map((time) => level + amplitude * Math.exp(-rate * (time - t[0]!)));
}

/** Weights 1 / curve, with curves that dip to 0 kept positive at a twentieth of the smallest observation. */
export function relaxationWeights(y: Float64Array, curve: Float64Array): Float64Array {
  let smallest = Infinity;
  for (const value of y) if (value > 0 && value < smallest) smallest = value;
  return curve.map((value) => 1 / Math.max(value, smallest / 20));
}

/** Level and amplitude that are best at a given rate (the linear half of variable projection), and their weighted squares. */
function projectLinear(t: Float64Array, y: Float64Array, w: Float64Array, rate: number) {
  let [s0, s1, s2, b0, b1, bb] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < t.length; i++) {
    const e = Math.exp(-rate * (t[i]! - t[0]!));
    s0 += w[i]!;
    s1 += w[i]! * e;
    s2 += w[i]! * e * e;
    b0 += w[i]! * y[i]!;
    b1 += w[i]! * e * y[i]!;
    bb += w[i]! * y[i]! * y[i]!;
  }
  const solution = solvePositiveDefinite([s0, s1, s1, s2], [b0, b1]);
  if (solution === undefined) return undefined;
  const [level, amplitude] = [solution[0]!, solution[1]!];
  return { level, amplitude, rate, squares: bb - level * b0 - amplitude * b1 };
}

/** The best of 60 rates from 0.1 per record to 3 per smallest spacing, weights 1 / y. */
function startingPoint(t: Float64Array, y: Float64Array): RelaxationParameters | undefined {
  const weights = relaxationWeights(y, y);
  const span = t.at(-1)! - t[0]!;
  const slowest = Math.log(0.1 / span);
  const fastest = Math.log((3 * (t.length - 1)) / span);
  let best: (RelaxationParameters & { squares: number }) | undefined;
  for (let i = 0; i < 60; i++) {
    const candidate = projectLinear(t, y, weights, Math.exp(slowest + ((fastest - slowest) * i) / 59));
    if (candidate !== undefined && !(candidate.squares >= (best?.squares ?? Infinity))) best = candidate;
  }
  return best;
}

/** Derivatives by (level, amplitude, ln rate): J' W J (3 x 3) and J' W r. */
function normalEquations(t: Float64Array, y: Float64Array, w: Float64Array, { level, amplitude, rate }: RelaxationParameters) {
  const matrix = new Float64Array(9);
  const right = new Float64Array(3);
  for (let i = 0; i < t.length; i++) {
    const time = t[i]! - t[0]!;
    const e = Math.exp(-rate * time);
    const j2 = -amplitude * rate * time * e;
    const r = y[i]! - level - amplitude * e;
    const weight = w[i]!;
    matrix[0]! += weight;
    matrix[1]! += weight * e;
    matrix[2]! += weight * j2;
    matrix[4]! += weight * e * e;
    matrix[5]! += weight * e * j2;
    matrix[8]! += weight * j2 * j2;
    right[0]! += weight * r;
    right[1]! += weight * e * r;
    right[2]! += weight * j2 * r;
  }
  matrix[3] = matrix[1]!;
  matrix[6] = matrix[2]!;
  matrix[7] = matrix[5]!;
  return { matrix, right };
}

/**
 * Fits y(t) = level + amplitude exp(-rate t) with weights 1 / curve on the squared residuals (variance proportional to the mean),
 * updated with the curve, so that a low fluctuation does not weigh more than a high one.
 *
 * Start: variable projection (Golub & Pereyra 1973) on a grid of rates. Then Gauss-Newton in (level, amplitude, ln rate) with
 * weights renewed at each step (Fisher scoring), steps limited to a factor 2 in the rate. t rises, y > 0, at least 4
 * points; NaN is not allowed. Undefined when the parameters cannot be told apart.
 */
export function fitExponentialRelaxation(
  t: Float64Array,
  y: Float64Array,
  start: RelaxationParameters | undefined = startingPoint(t, y),
  { tolerance, iterations } = { tolerance: 1e-9, iterations: 100 },
): ExponentialRelaxation | undefined {
  if (start === undefined) return undefined;
  let { level, amplitude, rate } = start;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const parameters = { level, amplitude, rate };
    const weights = relaxationWeights(y, relaxationCurve(t, parameters));
    const { matrix, right } = normalEquations(t, y, weights, parameters);
    const step = solvePositiveDefinite(matrix, right);
    if (step === undefined) return undefined;
    const shrink = Math.min(1, Math.LN2 / Math.abs(step[2]!));
    rate *= Math.exp(shrink * step[2]!);
    const linear = projectLinear(t, y, weights, rate);
    if (linear === undefined || !(rate > 0 && Number.isFinite(rate))) return undefined;
    const moved = Math.abs(linear.level - level) / Math.abs(linear.level) + Math.abs(step[2]!);
    ({ level, amplitude } = linear);
    if (moved < tolerance) return { level, amplitude, rate, converged: true };
  }
  return { level, amplitude, rate, converged: false };
}

/**
 * Standard error of ln rate that allows for autocorrelated and misfitting residuals: the sandwich (J'WJ)^-1 S (J'WJ)^-1 with S from
 * scores summed with Bartlett weights to lag `bandwidth` points (Newey & West 1987). NaN when it cannot be computed.
 */
export function rateStandardError(t: Float64Array, y: Float64Array, fit: RelaxationParameters, bandwidth: number): number {
  const curve = relaxationCurve(t, fit);
  const weights = relaxationWeights(y, curve);
  const inverse = invertPositiveDefinite(normalEquations(t, y, weights, fit).matrix, 3);
  if (inverse === undefined) return NaN;
  // Influence of each point on ln rate: row 2 of the inverse times its score.
  const influence = t.map((_, i) => {
    const e = Math.exp(-fit.rate * (t[i]! - t[0]!));
    const j2 = -fit.amplitude * fit.rate * (t[i]! - t[0]!) * e;
    return (inverse[6]! + inverse[7]! * e + inverse[8]! * j2) * weights[i]! * (y[i]! - curve[i]!);
  });
  // Bartlett-weighted sum of all lags = mean square of moving sums of `bandwidth` points, zeros beyond both ends.
  let total = 0;
  let moving = 0;
  for (let i = 0; i < influence.length + bandwidth; i++) {
    moving += (influence[i] ?? 0) - (influence[i - bandwidth] ?? 0);
    total += moving * moving;
  }
  return Math.sqrt(total / bandwidth);
}
