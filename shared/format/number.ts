import { formatDecimals } from './decimals.ts';
import { decimalExponent, powerOfTen } from './power.ts';
import { missingText, type RichText } from './richText.ts';

export interface NumberFormat {
  /** Significant digits, 1 to 17; 4 when not given. */
  readonly digits?: number;
  /** Keep trailing zeros, for measured values under each other; otherwise 0.5 is not 0.5000. */
  readonly keepZeros?: boolean;
}

/**
 * A number for people: fixed from 0.001 to below a million, else mantissa × 10 to a raised exponent; null is an en
 * dash, NaN and infinity are said as they are (a diverged loss is not a missing one).
 */
export function formatNumber(value: number | null | undefined, format: NumberFormat = {}): RichText {
  const { digits = 4, keepZeros = false } = format;
  if (value === null || value === undefined) return [{ text: missingText }];
  if (Number.isNaN(value)) return [{ text: 'NaN' }];
  if (!Number.isFinite(value)) return [{ text: value > 0 ? '∞' : '−∞' }];
  if (value === 0) return [{ text: '0' }];
  const exponent = decimalExponent(value, digits);
  const trim = (text: string): string => (keepZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, ''));
  if (exponent >= -3 && exponent < 6) return [{ text: trim(formatDecimals(value, digits - 1 - exponent)) }];
  // Through the decimal text: value / 10 ** exponent is not exact, and overflows for subnormal values.
  const mantissa = Number(value.toExponential(digits - 1).split('e')[0]);
  return powerOfTen(exponent, trim(formatDecimals(mantissa, digits - 1)));
}
