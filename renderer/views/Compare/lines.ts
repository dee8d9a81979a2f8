import type { ScaleKind } from '../../../shared/model/figure.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import type { SeriesSlice } from '../../../shared/model/series.ts';
import { lastAtOrBefore } from '../../plot/bisect.ts';
import { paddedDomain } from '../../plot/scale.ts';
import { movingAverage } from '../../plot/smooth.ts';
import { pointsPerEntry } from '../../plot/slices.ts';

/** One run's curve of one metric, ready to draw: places on the x axis, ascending, and values. */
export interface Line {
  readonly run: RunSummary;
  readonly xs: Float64Array;
  /** As stored, or means of buckets. */
  readonly raw: Float64Array;
  /** Smoothed values, or `raw` itself. */
  readonly ys: Float64Array;
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
  readonly level: number;
  readonly pointsHeld: number;
}

/** A moving average over much of a series shows the average, not the series: shorter ones (evaluations) stay as they are. */
const shortestInReaches = 4;

export function makeLine(run: RunSummary, slice: SeriesSlice, xs: Float64Array, smoothing: number): Line {
  const reach = 1 / (1 - smoothing);
  const isLong = slice.pointsHeld >= shortestInReaches * reach;
  const ys = smoothing > 0 && isLong ? movingAverage(slice.values, smoothing, pointsPerEntry(slice.level)) : slice.values;
  const { values: raw, low, high, level, pointsHeld } = slice;
  return { run, xs, raw, ys, low, high, level, pointsHeld };
}

/** Smallest x interval that holds every line; the start of log axes is the first positive place. */
export function xDomain(lines: readonly Line[], kind: ScaleKind): readonly [number, number] {
  const ends = lines.flatMap(({ xs }) => {
    const first = kind === 'log' ? xs.find((x) => x > 0) : xs[0];
    return [first ?? NaN, xs.at(-1) ?? NaN];
  });
  return paddedDomain(kind, ends, 0);
}

/** Interval of the values that lie in the x range, the extremes of buckets included; a little room at the ends. */
export function yDomain(
  lines: readonly Line[],
  kind: ScaleKind,
  [from, to]: readonly [number, number],
): readonly [number, number] {
  return paddedDomain(kind, valuesWithin(lines, from, to));
}

function* valuesWithin(lines: readonly Line[], from: number, to: number): Generator<number> {
  for (const { xs, raw, low, high } of lines) {
    // One more at each side: the line enters and leaves the range.
    const start = Math.max(0, lastAtOrBefore(xs, from));
    const end = Math.min(xs.length - 1, lastAtOrBefore(xs, to) + 1);
    for (let i = start; i <= end; i++) {
      yield raw[i]!;
      if (low !== null && high !== null) {
        yield low[i]!;
        yield high[i]!;
      }
    }
  }
}

/** A line's value at x: that of the last entry at or before it; null beyond its ends. */
export function valueAt(line: Line, x: number): { readonly x: number; readonly y: number; readonly index: number } | null {
  const index = lastAtOrBefore(line.xs, x);
  if (index === -1 || x > line.xs.at(-1)!) return null;
  return { x: line.xs[index]!, y: line.ys[index]!, index };
}

/** The last finite value at or before x, where the line ends on the screen. */
export function endOf(line: Line, x: number): { readonly x: number; readonly y: number } | null {
  for (let i = lastAtOrBefore(line.xs, x); i >= 0; i--) {
    if (Number.isFinite(line.ys[i])) return { x: line.xs[i]!, y: line.ys[i]! };
  }
  return null;
}

/** As the lines end, highest first; those without a finite value last. */
export function sortedByEnd(lines: readonly Line[], x: number): readonly Line[] {
  const ends = new Map(lines.map((line) => [line, endOf(line, x)?.y ?? -Infinity]));
  return [...lines].sort((a, b) => ends.get(b)! - ends.get(a)!);
}

/** Points drawn and points held by all lines together. */
export function pointCounts(lines: readonly Line[]): { readonly drawn: number; readonly held: number } {
  return lines.reduce((sum, line) => ({ drawn: sum.drawn + line.xs.length, held: sum.held + line.pointsHeld }), {
    drawn: 0,
    held: 0,
  });
}
