import { valueAt, type PerStep } from './normRecursion.ts';

/** SGD without weight decay whose direction path equals that of SGD with weight decay and constant (lr, wd). */
export interface ExponentialLr {
  /** The larger root of x^2 - (1 + alpha - lr wd) x + alpha = 0. */
  readonly root: number;
  /** lr~_{t+1} / lr~_t = root^-2. */
  readonly growthPerStep: number;
  /** lr~_t = root^(-2 t - 1) lr. */
  readonly lrAt: (t: number) => number;
  /** |w~_t| / |w_t| = root^-t. */
  readonly normRatioAt: (t: number) => number;
  /** The momentum buffer to start from is this times w_0, when the run with weight decay starts with an empty one. */
  readonly initialBuffer: number;
}

/** Largest lr wd for which the root is real: (1 - sqrt(alpha))^2. */
export const exponentialLrLimit = (momentum: number): number => (1 - Math.sqrt(momentum)) ** 2;

/**
 * Exponential LR schedule equivalent to constant LR and (coupled) WD; Li & Arora 2020, "An Exponential Learning Rate Schedule
 * for Deep Learning". Null where lr wd > (1 - sqrt(alpha))^2: no real root, use `exponentialLrMap`.
 */
export function exponentialLr(lr: number, wd: number, momentum: number): ExponentialLr | null {
  const sum = 1 + momentum - lr * wd;
  const discriminant = sum * sum - 4 * momentum;
  if (!(discriminant >= 0) || !(sum > 0)) return null;
  const root = (sum + Math.sqrt(discriminant)) / 2;
  return {
    root,
    growthPerStep: root ** -2,
    lrAt: (t) => lr * root ** (-2 * t - 1),
    normRatioAt: (t) => root ** -t,
    initialBuffer: momentum === 0 ? 0 : -(1 - root) / (lr * root),
  };
}

export interface ExponentialLrMap {
  /** LR without weight decay, n values. */
  readonly lr: Float64Array;
  /** a_t, n values. */
  readonly a: Float64Array;
  /** c_t with w~_t = c_t w_t, n + 1 values. */
  readonly c: Float64Array;
}

/**
 * The same for any schedule of n steps, both runs starting with empty momentum buffers:
 *
 *   a_t = 1 - lr_t wd_t + alpha (lr_t / lr_{t-1})(1 - 1 / a_{t-1}),  a_{-1} = 1,  lr_{-1} = lr_0,
 *   c_0 = 1,  c_{t+1} = c_t / a_t,  lr~_t = lr_t c_t c_{t+1}.
 *
 * Values are NaN from the first a_t that is not > 0. They grow as exp(2 lambda_e t): rescale (w, lr) -> (w / c, lr / c^2)
 * before they overflow. Derived from the update equations; contains the multi-phase form of Li & Arora 2020.
 */
export function exponentialLrMap(steps: number, lr: PerStep, wd: PerStep, momentum: number): ExponentialLrMap {
  const result = { lr: new Float64Array(steps), a: new Float64Array(steps), c: new Float64Array(steps + 1) };
  result.c[0] = 1;
  let previousA = 1;
  let previousLr = valueAt(lr, 0);
  for (let t = 0; t < steps; t++) {
    const eta = valueAt(lr, t);
    const a = 1 - eta * valueAt(wd, t) + momentum * (eta / previousLr) * (1 - 1 / previousA);
    result.a[t] = a > 0 ? a : NaN;
    result.c[t + 1] = result.c[t]! / result.a[t]!;
    result.lr[t] = eta * result.c[t]! * result.c[t + 1]!;
    previousA = result.a[t]!;
    previousLr = eta;
  }
  return result;
}
