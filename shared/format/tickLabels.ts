import { formatDecimals } from './decimals.ts';
import { decimalExponent, powerOfTen } from './power.ts';
import { formatNumber } from './number.ts';
import type { RichText } from './richText.ts';

export interface TickLabels {
  readonly labels: readonly RichText[];
  /** Power of ten by which every label is to be multiplied, stated once beside the axis; null when there is none. */
  readonly exponent: number | null;
}

/**
 * Labels of an axis' major ticks (ascending, finite), all in one manner: linear with equal decimals and a common power
 * of ten where numbers would be long; log as powers of ten, or plainly when all lie from 0.01 to 1000.
 */
export function tickLabels(values: readonly number[], scale: 'linear' | 'log'): TickLabels {
  return scale === 'log' ? logLabels(values) : linearLabels(values);
}

function logLabels(values: readonly number[]): TickLabels {
  const plain = values.every((value) => value >= 0.00999 && value <= 1001);
  const labels = values.map((value) => {
    const exponent = Math.round(Math.log10(value));
    const power = Math.abs(value / 10 ** exponent - 1) < 1e-9;
    return power && !plain ? powerOfTen(exponent) : formatNumber(value, { digits: 6 });
  });
  return { labels, exponent: null };
}

function linearLabels(values: readonly number[]): TickLabels {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (!(largest > 0)) return { labels: values.map(() => [{ text: '0' }]), exponent: null };
  const order = decimalExponent(largest, 3);
  const exponent = order >= 6 || order < -3 ? order : 0;
  const gaps = values.slice(1).map((value, i) => value - values[i]!);
  const step = Math.min(largest, ...gaps.filter((gap) => gap > 0));
  // Digits of the step itself: 0.25 needs two decimals although its leading digit is the first.
  const digits = Number((step / 10 ** exponent).toPrecision(3)).toString();
  const decimals = digits.includes('e') ? -decimalExponent(step / 10 ** exponent, 3) : (digits.split('.')[1]?.length ?? 0);
  const labels = values.map((value) => [{ text: formatDecimals(value / 10 ** exponent, decimals) }]);
  return { labels, exponent: exponent === 0 ? null : exponent };
}
