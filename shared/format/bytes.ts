import { missingText, thinSpace } from './richText.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size in decimal units (1 kB = 1000 B) with three digits at most; null is an en dash. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !(bytes >= 0 && bytes < Infinity)) return missingText;
  let amount = bytes;
  let unit = 0;
  // 999.5 would be shown as 1000.
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const text = unit === 0 || amount >= 99.95 ? amount.toFixed(0) : amount.toFixed(1);
  return `${text}${thinSpace}${units[unit]}`;
}
