/** Steps ascending, strictly. Values may be NaN or infinite. Lengths are equal. */
export interface Series {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

/**
 * What a plot of one metric of one run reads. Level 0 is every point; level n holds per bucket of 16^n points the
 * mean in `values`, the extremes in `low` and `high`, and the bucket's first step in `steps`. At level 0 `low` and
 * `high` are null. NaN values do not enter means and extremes; a bucket of only NaN is NaN.
 */
export interface SeriesSlice extends Series {
  readonly runId: string;
  readonly metric: string;
  readonly level: number;
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
  /** Points stored within the asked range, at level 0. */
  readonly pointsHeld: number;
}
