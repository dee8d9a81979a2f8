import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../../shared/figure/axisTicks.ts';
import { extend, paddedDomain } from '../../../shared/figure/domain.ts';
import { projection } from '../../../shared/figure/projection.ts';
import { spread } from '../../../shared/figure/spread.ts';
import { plainText } from '../../../shared/format/plainText.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

describe('axisTicks', () => {
  it('puts log ticks at powers of ten with 2 to 9 between them', () => {
    const { major, minor, labels } = axisTicks('log', [0.5, 200], 6);
    expect(major).toEqual([1, 10, 100]);
    expect(minor).toEqual(
      [0.5, 0.6, 0.7, 0.8, 0.9, 2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90, 200].sort((a, b) => a - b),
    );
    expect(labels.map(plainText)).toEqual(['1', '10', '100']);
  });

  it('skips powers evenly when there are many', () => {
    expect(axisTicks('log', [1e-12, 1e12], 5).major).toEqual([1e-10, 1e-5, 1, 1e5, 1e10]);
  });

  it('labels 1, 2, 5 within a decade and round steps within less', () => {
    expect(axisTicks('log', [0.0015, 0.012], 3).major).toEqual([0.002, 0.005, 0.01]);
    expect(axisTicks('log', [0.0101, 0.0109], 5).major.length).toBeGreaterThanOrEqual(2);
  });

  it('puts linear ticks at round values with four or five parts between them', () => {
    const { major, minor } = axisTicks('linear', [0, 1], 5);
    expect(major).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(minor).toHaveLength(15);
  });

  it('gives an axis of any length two labels, so that its scale can be read', () => {
    expect(axisTicks('linear', [-0.07, 0.08], 2).major).toEqual([-0.05, 0, 0.05]);
    expect(axisTicks('linear', [0, 1], 1).major.length).toBeGreaterThanOrEqual(2);
  });

  it('keeps within the domain, ascending, each with a label, whatever the domain', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('linear', 'log'),
        finite,
        finite,
        positive,
        positive,
        fc.integer({ min: 1, max: 20 }),
        (scale, a, b, p, q, count) => {
          const domain = paddedDomain(extend(null, scale === 'log' ? [p, q] : [a / 4, b / 4], scale), scale, 0.05);
          const { major, minor, labels } = axisTicks(scale, domain, count);
          expect(labels).toHaveLength(major.length);
          for (const value of [...major, ...minor]) {
            expect(value).toBeGreaterThanOrEqual(domain[0] * (1 - Math.sign(domain[0]) * 1e-9));
            expect(value).toBeLessThanOrEqual(domain[1] * (1 + Math.sign(domain[1]) * 1e-9));
          }
          for (let i = 1; i < major.length; i++) expect(major[i]!).toBeGreaterThan(major[i - 1]!);
          expect(major.length).toBeLessThan(60);
        },
      ),
    );
  });
});

describe('extend, paddedDomain and projection', () => {
  it('take only what the axis can show', () => {
    expect(extend(null, [NaN, 3, -2, Infinity, 0], 'linear')).toEqual([-2, 3]);
    expect(extend([5, 6], [NaN, 3, -2, Infinity, 0], 'log')).toEqual([3, 6]);
    expect(extend(null, [NaN, -1, 0], 'log')).toBeNull();
  });

  it('make a domain of one value, of none, and of the widest', () => {
    expect(paddedDomain([5, 5], 'linear', 0)).toEqual([4.5, 5.5]);
    expect(paddedDomain([5, 5], 'log', 0)).toEqual([2.5, 10]);
    expect(paddedDomain([0, 0], 'linear', 0)).toEqual([-1, 1]);
    expect(paddedDomain(null, 'log', 0)).toEqual([1, 10]);
    const place = projection('linear', [-Number.MAX_VALUE, Number.MAX_VALUE], [0, 100]);
    expect(place(0)).toBe(50);
  });

  it('put the ends of the domain at the ends of the range, and decades evenly on a log axis', () => {
    const place = projection('log', [1e-4, 1], [10, 210]);
    expect([1e-4, 1e-3, 1e-2, 1e-1, 1].map(place).map((x) => Number(x.toFixed(9)))).toEqual([10, 60, 110, 160, 210]);
    expect([0, -1, NaN, Infinity].map(place)).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('spread', () => {
  it('keeps labels apart, in order and as near as may be', () => {
    expect(spread([10, 50, 90], 10, 0, 100)).toEqual([10, 50, 90]);
    expect(spread([50, 50], 10, 0, 100)).toEqual([45, 55]);
    expect(spread([98, 99], 10, 0, 100)).toEqual([90, 100]);
    expect(spread([], 10, 0, 100)).toEqual([]);
  });

  it('never lets two touch', () => {
    const place = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), (wanted) => {
        const places = spread(wanted, 10, 0, 100).sort((a, b) => a - b);
        for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(10 - 1e-9);
        for (const y of places) expect(y).toBeGreaterThanOrEqual(0);
        for (const y of places) expect(y).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });
});
