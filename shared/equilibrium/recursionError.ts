import { normRecursion } from '../theory/normRecursion.ts';
import { unitSphereMoments, type RunColumns } from './runColumns.ts';

/** True when the exact recursion applies: no momentum, and a row for every step from the first to the last. */
export function hasEveryStep({ steps, momentum }: RunColumns): boolean {
  return momentum === 0 && steps.length > 1 && steps.at(-1)! - steps[0]! === steps.length - 1;
}

/** gamma of every row by the exact recursion from the first row's norm and all gradients. Only where `hasEveryStep`. */
export function exactGamma(columns: RunColumns): Float64Array {
  const path = normRecursion(columns.norm2[0]!, unitSphereMoments(columns).subarray(0, -1), columns.lr, columns.wd);
  return path.map((norm2, i) => (norm2 / columns.lr[i]!) ** 2);
}

/** Largest |measured / predicted - 1| of gamma over all rows; null where the recursion does not apply. */
export function recursionError(columns: RunColumns): number | null {
  if (!hasEveryStep(columns)) return null;
  const predicted = exactGamma(columns);
  let largest = 0;
  for (let i = 0; i < predicted.length; i++) largest = Math.max(largest, Math.abs(columns.gamma[i]! / predicted[i]! - 1));
  return Number.isFinite(largest) ? largest : null;
}
