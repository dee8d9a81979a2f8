import { formatDecimals } from './decimals.ts';
import { missingText } from './richText.ts';

/** A whole number with thin spaces between groups of three; null is an en dash. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined || !Number.isFinite(count)) return missingText;
  return formatDecimals(count, 0);
}
