import type { ScalingFit, ScalingPoint } from '../../../shared/model/analysis.ts';

/** What a point's mark spans: its time and interval, or for a censored run how long it was watched. */
export interface DrawnPoint {
  readonly point: ScalingPoint;
  readonly time: number;
  readonly low: number;
  readonly high: number;
  readonly isCensored: boolean;
}

/** Points that have a place on the log-log plane, in the order given. */
export function drawnPoints(points: readonly ScalingPoint[]): DrawnPoint[] {
  return points.flatMap((point): DrawnPoint[] => {
    if (!(point.intrinsicLr > 0)) return [];
    if (point.time !== null && point.time.value > 0) {
      const { value, low, high } = point.time;
      return [{ point, time: value, low, high, isCensored: false }];
    }
    if (point.censoredAt !== null && point.censoredAt > 0) {
      const at = point.censoredAt;
      return [{ point, time: at, low: at, high: at, isCensored: true }];
    }
    return [];
  });
}

/** The prediction T = prefactor lambda_e^(-exponent) at both ends of a range. */
export function predictionLine(
  fit: Pick<ScalingFit, 'predictedPrefactor' | 'predictedExponent'>,
  range: readonly [number, number],
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  return { x: range, y: range.map((intrinsicLr) => fit.predictedPrefactor * intrinsicLr ** -fit.predictedExponent) };
}

/** Symmetric range of the residual strip; never narrower than a tenth, so that noise does not look like structure. */
export function residualRange(points: readonly ScalingPoint[]): readonly [number, number] {
  const largest = points.reduce((most, { residual }) => Math.max(most, Math.abs(residual ?? 0)), 0);
  const end = Math.max(0.1, largest * 1.15);
  return [-end, end];
}
