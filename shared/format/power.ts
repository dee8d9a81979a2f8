import type { RichText } from './richText.ts';

/** 10 with its exponent raised; with a factor, factor × 10 to the exponent. */
export function powerOfTen(exponent: number, factor?: string): RichText {
  const ten = { text: factor === undefined ? '10' : `${factor}×10` };
  return [ten, { text: exponent < 0 ? `−${-exponent}` : String(exponent), shift: 'super' }];
}

/** Exponent of the leading digit after rounding to `digits` significant digits: 9.99 with two digits is 10, so 1. */
export function decimalExponent(value: number, digits: number): number {
  return Number(
    Math.abs(value)
      .toExponential(digits - 1)
      .split('e')[1],
  );
}
