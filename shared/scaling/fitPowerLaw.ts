import type { Estimate } from '../model/analysis.ts';
import { clusteredLeastSquares, type Contrast } from '../stats/clusteredLeastSquares.ts';

/** One time at one intrinsic LR; points of a cell (same lr and wd, other seeds) are not taken as independent. */
export interface PowerLawPoint {
  readonly intrinsicLr: number;
  readonly lr: number;
  readonly time: number;
  readonly cell: string;
}

export interface PowerLaw {
  readonly exponent: Estimate;
  readonly prefactor: Estimate;
  /** ln T - ln of the law, point by point. */
  readonly residuals: readonly number[];
  readonly residualStandardDeviation: number;
  /** Law and pointwise 95 % band at one intrinsic LR. */
  readonly at: (intrinsicLr: number) => { readonly time: number; readonly low: number; readonly high: number };
  /** p below 0.05 for a term in (ln lambda_e)^2: the points bend. Null when it cannot be tested. */
  readonly bends: boolean | null;
  /**
   * Factor of T per factor e of the learning rate at equal lambda_e, where it is told from 1 (p below 0.05): more than the
   * product of lr and wd matters. Null when it is not, or cannot be tested.
   */
  readonly lrFactor: number | null;
}

const isTold = ({ low, high }: Contrast): boolean => low > 0 || high < 0;

const method = 'least squares on logs, CR2 by cell';

/**
 * T = prefactor lambda_e^(-exponent) by least squares of ln T on ln lambda_e: multiplicative errors (Xiao et al. 2011).
 *
 * 95 % intervals from standard errors that allow for correlation within cells (`clusteredLeastSquares`). lambda_e is exact, so that
 * plain regression is right. The law is of the median (geometric mean) of T. A slope near 1 alone does not tell 1 / lambda_e
 * from an exponential law over few decades: look at `bends` and the residuals. Undefined below 3 cells or 2 levels. All
 * numbers must be > 0.
 */
export function fitPowerLaw(points: readonly PowerLawPoint[]): PowerLaw | undefined {
  // Centred, so that slope and level are nearly uncorrelated.
  const center = points.reduce((sum, point) => sum + Math.log(point.intrinsicLr), 0) / points.length;
  const rows = points.map(({ intrinsicLr, time, cell }) => ({
    x: [1, Math.log(intrinsicLr) - center],
    y: Math.log(time),
    cluster: cell,
  }));
  const fit = clusteredLeastSquares(rows);
  if (fit === undefined) return undefined;
  const slope = fit.contrast([0, 1]);
  const atLog = (logIntrinsicLr: number): Contrast => fit.contrast([1, logIntrinsicLr - center]);
  const atOne = atLog(0);
  /** Coefficient of one more column. */
  const alsoOn = (column: (i: number) => number): Contrast | undefined =>
    clusteredLeastSquares(rows.map((row, i) => ({ ...row, x: [...row.x, column(i)] })))?.contrast([0, 0, 1]);
  const quadratic = alsoOn((i) => rows[i]!.x[1]! ** 2);
  const byLr = alsoOn((i) => Math.log(points[i]!.lr / points[0]!.lr));
  return {
    exponent: { value: -slope.value, low: -slope.high, high: -slope.low, level: 0.95, method },
    prefactor: { value: Math.exp(atOne.value), low: Math.exp(atOne.low), high: Math.exp(atOne.high), level: 0.95, method },
    residuals: fit.residuals,
    residualStandardDeviation: fit.residualStandardDeviation,
    at(intrinsicLr) {
      const { value, low, high } = atLog(Math.log(intrinsicLr));
      return { time: Math.exp(value), low: Math.exp(low), high: Math.exp(high) };
    },
    bends: quadratic === undefined ? null : isTold(quadratic),
    lrFactor: byLr !== undefined && isTold(byLr) ? Math.exp(byLr.value) : null,
  };
}
