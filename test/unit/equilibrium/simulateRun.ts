import { randomStream, type RandomStream } from '../../../shared/network/randomStream.ts';
import type { AnalysedSeries, Optimizer, RunColumns } from '../../../shared/equilibrium/runColumns.ts';

export interface Simulation {
  readonly seed: number;
  readonly lr: number;
  readonly wd: number;
  readonly steps: number;
  /** gamma of the first step over its equilibrium at mean second moment `mean`. */
  readonly ratio: number;
  readonly mean?: number;
  /** white: Gamma of shape 4; ar1: log-normal, logarithms AR(1) with coefficient 0.9; drift: white, 1.5 times larger at first. */
  readonly noise?: 'white' | 'ar1' | 'drift';
  readonly momentum?: number;
}

/** Marsaglia & Tsang 2000, shape 4, mean 1. */
function gammaVariate(random: RandomStream): number {
  const d = 4 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / 4;
  }
}

function secondMoments({ seed, steps, noise = 'white', mean = 15, lr, wd }: Simulation): Float64Array {
  const random = randomStream(seed, 0, 'noiseBatch', 0);
  let state = random.normal();
  return Float64Array.from({ length: steps }, (_, t) => {
    if (noise === 'ar1') {
      state = 0.9 * state + Math.sqrt(0.19) * random.normal();
      return mean * Math.exp(0.5 * state - 0.125);
    }
    return mean * gammaVariate(random) * (noise === 'drift' ? 1 + 0.5 * Math.exp(-2 * lr * wd * t) : 1);
  });
}

/** SGD of the norm alone, written from the update w' = (1 - lr wd) w - lr g with <g, w> = 0. Without momentum. */
export function simulateRun(
  simulation: Simulation,
): RunColumns & { readonly series: AnalysedSeries; readonly optimizer: Optimizer } {
  const { lr, wd, steps, ratio, mean = 15 } = simulation;
  const moments = secondMoments(simulation);
  const shrink = (1 - lr * wd) ** 2;
  const columns = {
    steps: new Float64Array(steps),
    gamma: new Float64Array(steps),
    norm2: new Float64Array(steps),
    grad2: new Float64Array(steps),
  };
  let norm2 = Math.sqrt((ratio * lr * lr * mean) / (1 - shrink));
  for (let t = 0; t < steps; t++) {
    columns.steps[t] = t;
    columns.norm2[t] = norm2;
    columns.gamma[t] = (norm2 / lr) ** 2;
    columns.grad2[t] = moments[t]! / norm2;
    norm2 = shrink * norm2 + lr * lr * columns.grad2[t]!;
  }
  const optimizer: Optimizer = { momentum: 0, mode: 'coupled' };
  const rates = { lr: new Float64Array(steps).fill(lr), wd: new Float64Array(steps).fill(wd) };
  const series = (values: Float64Array) => ({ steps: columns.steps, values });
  return {
    ...columns,
    ...rates,
    ...optimizer,
    optimizer,
    series: {
      'si/gamma': series(columns.gamma),
      'si/norm2': series(columns.norm2),
      'si/grad2': series(columns.grad2),
      lr: series(rates.lr),
      wd: series(rates.wd),
    },
  };
}
