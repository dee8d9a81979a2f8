import { thinSpace } from './richText.ts';

/**
 * Decimal digits with a true minus sign and thin spaces between groups of three before the point. `decimals` may be
 * negative: -1 rounds to tens. A value that rounds to zero has no sign.
 */
export function formatDecimals(value: number, decimals: number): string {
  const unit = decimals < 0 ? 10 ** -decimals : 1;
  const digits = (Math.round(Math.abs(value) / unit) * unit).toFixed(0);
  const text = decimals > 0 ? Math.abs(value).toFixed(Math.min(decimals, 100)) : digits;
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  const sign = value < 0 && /[1-9]/.test(text) ? '−' : '';
  return sign + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
}
