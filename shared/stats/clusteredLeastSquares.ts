import { invertPositiveDefinite } from '../numeric/solvePositiveDefinite.ts';
import { studentQuantile } from './studentT.ts';

/** Rows that share a cluster share `x` too: what varies within it is noise. */
export interface ClusteredRow {
  readonly x: readonly number[];
  readonly y: number;
  readonly cluster: string;
}

export interface ClusteredFit {
  readonly coefficients: readonly number[];
  readonly residuals: readonly number[];
  /** sqrt(sum of squared residuals / (n - k)). */
  readonly residualStandardDeviation: number;
  readonly clusters: number;
  /** Value, standard error (CR2), degrees of freedom and 95 % interval of sum c_j coefficient_j. */
  readonly contrast: (c: readonly number[]) => Contrast;
}

export interface Contrast {
  readonly value: number;
  readonly standardError: number;
  readonly degrees: number;
  readonly low: number;
  readonly high: number;
}

interface Cluster {
  readonly x: readonly number[];
  readonly rows: number;
  readonly residualSum: number;
  /** 1 / (1 - n h), h = x' (X'X)^-1 x: the CR2 correction of the squared residual sum. */
  readonly correction: number;
}

const dot = (a: readonly number[], b: ArrayLike<number>): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function multiply(matrix: Float64Array, vector: readonly number[]): number[] {
  return vector.map((_, row) => vector.reduce((sum, value, column) => sum + matrix[row * vector.length + column]! * value, 0));
}

/**
 * Ordinary least squares of y on x with errors that are independent between clusters only.
 *
 * Standard errors are CR2 (Bell & McCaffrey 2002), unbiased under independent errors; since x is constant within a cluster the
 * correction (I - H_gg)^(-1/2) reduces to a factor. Intervals use Student's t with the degrees of freedom of Bell & McCaffrey for
 * each contrast (Imbens & Kolesar 2016, eq. 11), which with few or unequal clusters are far below their number.
 *
 * Undefined when the columns are linearly dependent, rows are no more than columns, or a cluster alone determines a
 * coefficient (its residuals sum to 0 whatever the data, so that no error can be estimated). NaN is not allowed.
 */
export function clusteredLeastSquares(rows: readonly ClusteredRow[]): ClusteredFit | undefined {
  const k = rows[0]?.x.length ?? 0;
  if (rows.length <= k || k === 0) return undefined;
  const gram = new Float64Array(k * k);
  const right = Array.from({ length: k }, () => 0);
  for (const { x, y } of rows) {
    for (let i = 0; i < k; i++) {
      right[i]! += x[i]! * y;
      for (let j = 0; j < k; j++) gram[i * k + j]! += x[i]! * x[j]!;
    }
  }
  const inverse = invertPositiveDefinite(gram, k);
  if (inverse === undefined) return undefined;
  const coefficients = multiply(inverse, right);
  const residuals = rows.map(({ x, y }) => y - dot(x, coefficients));
  const clusters = gather(rows, residuals, inverse);
  if (clusters.some(({ correction }) => !(correction > 0 && correction < 1e9))) return undefined;
  return {
    coefficients,
    residuals,
    residualStandardDeviation: Math.sqrt(dot(residuals, residuals) / (rows.length - k)),
    clusters: clusters.length,
    contrast: (c) => contrastOf(c, coefficients, clusters, inverse),
  };
}

function gather(rows: readonly ClusteredRow[], residuals: readonly number[], inverse: Float64Array): Cluster[] {
  const groups = new Map<string, { x: readonly number[]; rows: number; residualSum: number }>();
  rows.forEach(({ x, cluster }, i) => {
    const group = groups.get(cluster) ?? { x, rows: 0, residualSum: 0 };
    groups.set(cluster, { x, rows: group.rows + 1, residualSum: group.residualSum + residuals[i]! });
  });
  return [...groups.values()].map((group) => ({
    ...group,
    correction: 1 / (1 - group.rows * dot(group.x, multiply(inverse, group.x))),
  }));
}

function contrastOf(
  c: readonly number[],
  coefficients: readonly number[],
  clusters: readonly Cluster[],
  inverse: Float64Array,
): Contrast {
  const k = c.length;
  const direction = multiply(inverse, c);
  let [varianceSum, trace, diagonalSquares, mixed] = [0, 0, 0, 0];
  const outer = new Float64Array(k * k);
  for (const { x, rows, residualSum, correction } of clusters) {
    const p2 = dot(x, direction) ** 2 * correction;
    varianceSum += p2 * residualSum * residualSum;
    // M = diag(d) - (r_g r_k h_gk): the quadratic form of the variance estimate under independent errors.
    const d = p2 * rows;
    const r2 = d * rows;
    const leverage = dot(x, multiply(inverse, x));
    trace += d - r2 * leverage;
    diagonalSquares += d * d;
    mixed += d * r2 * leverage;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) outer[i * k + j]! += r2 * x[i]! * x[j]!;
  }
  const degrees = trace ** 2 / (diagonalSquares - 2 * mixed + traceOfSquare(inverse, outer, k));
  const value = dot(c, coefficients);
  const standardError = Math.sqrt(varianceSum);
  const half = studentQuantile(0.975, degrees) * standardError;
  return { value, standardError, degrees, low: value - half, high: value + half };
}

/** tr(A B A B) of two symmetric k x k matrices. */
function traceOfSquare(a: Float64Array, b: Float64Array, k: number): number {
  const product = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) for (let l = 0; l < k; l++) product[i * k + j]! += a[i * k + l]! * b[l * k + j]!;
  let sum = 0;
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += product[i * k + j]! * product[j * k + i]!;
  return sum;
}
