import { bucketFactor } from './layout.ts';

/** Points or buckets as columns. At level 0 all of low, mean and high are the value, and count says whether it is a number. */
export interface Buckets {
  /** First step of each bucket. */
  readonly steps: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Points that are numbers (not NaN) in each bucket. */
  readonly count: Float64Array;
}

export function emptyBuckets(length: number): Buckets {
  const column = (): Float64Array => new Float64Array(length);
  return { steps: column(), mean: column(), low: column(), high: column(), count: column() };
}

export function bucketsOfPoints(steps: Float64Array, values: Float64Array): Buckets {
  return { steps, mean: values, low: values, high: values, count: values.map((x) => (Number.isNaN(x) ? 0 : 1)) };
}

export function sliceBuckets(from: Buckets, start: number, end: number): Buckets {
  return {
    steps: from.steps.slice(start, end),
    mean: from.mean.slice(start, end),
    low: from.low.slice(start, end),
    high: from.high.slice(start, end),
    count: from.count.slice(start, end),
  };
}

export function joinBuckets(parts: readonly Buckets[]): Buckets {
  const joined = emptyBuckets(parts.reduce((sum, part) => sum + part.steps.length, 0));
  let at = 0;
  for (const part of parts) {
    for (const key of ['steps', 'mean', 'low', 'high', 'count'] as const) joined[key].set(part[key], at);
    at += part.steps.length;
  }
  return joined;
}

/** One bucket from all of `parts`, which is not empty: mean weighted by counts, extremes, NaN only when all are NaN. */
export function foldBuckets(parts: Buckets): Buckets {
  const folded = emptyBuckets(1);
  foldInto(folded, 0, parts, 0, parts.steps.length);
  return folded;
}

/** Every 16 of `parts` become one; what is left over at the end does not enter. */
export function coarsen(parts: Buckets): Buckets {
  const coarser = emptyBuckets(Math.floor(parts.steps.length / bucketFactor));
  for (let i = 0; i < coarser.steps.length; i++) foldInto(coarser, i, parts, i * bucketFactor, (i + 1) * bucketFactor);
  return coarser;
}

function foldInto(target: Buckets, index: number, { steps, mean, low, high, count }: Buckets, start: number, end: number): void {
  let total = 0;
  for (let i = start; i < end; i++) total += count[i]!;
  let lowest = Infinity;
  let highest = -Infinity;
  let average = 0;
  for (let i = start; i < end; i++) {
    if (count[i] === 0) continue;
    lowest = Math.min(lowest, low[i]!);
    highest = Math.max(highest, high[i]!);
    // Weighted terms rather than a sum divided at the end: a sum may overflow where the mean does not.
    average += mean[i]! * (count[i]! / total);
  }
  target.steps[index] = steps[start]!;
  target.count[index] = total;
  // Rounding must not put the mean outside of the extremes; infinities of both signs have no mean.
  target.mean[index] = total === 0 ? NaN : clamp(average, lowest, highest);
  target.low[index] = total === 0 ? NaN : lowest;
  target.high[index] = total === 0 ? NaN : highest;
}

const clamp = (x: number, low: number, high: number): number => (x < low ? low : x > high ? high : x);
