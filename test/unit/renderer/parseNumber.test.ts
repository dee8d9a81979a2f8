import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../shared/format/number.ts';
import { plainText } from '../../../shared/format/plainText.ts';
import { parseNumber } from '../../../renderer/ui/parseNumber.ts';

describe('numbers as people type them', () => {
  it.each([
    ['0.1', 0.1],
    [' 3e-4 ', 3e-4],
    ['3E+2', 300],
    ['1,5', 1.5],
    ['10^-4', 1e-4],
    ['3·10^-4', 3e-4],
    ['3 × 10⁻⁴', 3e-4],
    ['2^7', 128],
    ['−2.5', -2.5],
    ['10 000', 10_000],
    ['.5', 0.5],
  ])('%s is %d', (typed, value) => {
    expect(parseNumber(typed) / value).toBeCloseTo(1, 12);
  });

  it.each(['', ' ', 'abc', '1e', '1.2.3', '0x10', 'Infinity', '1,2,3', '--1', '3x'])('%s is no number', (typed) => {
    expect(parseNumber(typed)).toBeNaN();
  });

  it('come back from what Etalon shows', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-12);
        const shown = plainText(formatNumber(value, { digits: 17 }));
        const back = parseNumber(shown);
        if (value === 0) expect(back === 0).toBe(true);
        else expect(back / value).toBeCloseTo(1, 9);
      }),
    );
  });
});
