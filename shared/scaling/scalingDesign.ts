import type { ScalingPoint } from '../model/analysis.ts';

/** How far the points reach: what an exponent rests on. */
export interface ScalingDesign {
  readonly runsUsed: number;
  /** Different (lr, wd) pairs, and different intrinsic LRs (to 6 digits). */
  readonly cells: number;
  readonly levels: number;
  readonly decades: number;
}

export type Measured = ScalingPoint & { readonly time: NonNullable<ScalingPoint['time']> };

/** A point that can enter a fit on logs. */
export const isMeasured = (point: ScalingPoint): point is Measured =>
  point.time !== null && point.time.value > 0 && Number.isFinite(point.time.value) && point.intrinsicLr > 0;

/** Runs of a cell differ by their seed only; the intrinsic LR also tells momentum and convention apart. */
export const cellOf = (point: ScalingPoint): string => `${point.lr} ${point.wd} ${point.intrinsicLr}`;

export function scalingDesign(points: readonly Measured[]): ScalingDesign {
  const logs = points.map((point) => Math.log10(point.intrinsicLr));
  return {
    runsUsed: points.length,
    cells: new Set(points.map(cellOf)).size,
    levels: new Set(points.map((point) => point.intrinsicLr.toPrecision(6))).size,
    decades: points.length === 0 ? 0 : Math.max(...logs) - Math.min(...logs),
  };
}
