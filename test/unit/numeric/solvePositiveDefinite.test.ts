import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invertPositiveDefinite, solvePositiveDefinite } from '../../../shared/numeric/solvePositiveDefinite.ts';

describe('symmetric positive definite systems', () => {
  it('are solved: multiplying back gives the right side, whatever the scales', () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    const scale = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 9, maxLength: 9 }),
        fc.tuple(entry, entry, entry),
        fc.tuple(scale, scale, scale),
        (a, b, s) => {
          const d = s.map((x) => 10 ** x);
          const m = new Float64Array(9);
          for (let i = 0; i < 3; i++)
            for (let j = 0; j < 3; j++) {
              m[3 * i + j] = (i === j ? 1 : 0) * d[i]! * d[j]!;
              for (let k = 0; k < 3; k++) m[3 * i + j]! += a[3 * i + k]! * a[3 * j + k]! * d[i]! * d[j]!;
            }
          const x = solvePositiveDefinite(m, b)!;
          for (let i = 0; i < 3; i++) {
            const terms = [0, 1, 2].map((j) => m[3 * i + j]! * x[j]!);
            const size = terms.reduce((sum, term) => sum + Math.abs(term), Math.abs(b[i]!));
            expect(Math.abs(terms.reduce((sum, term) => sum + term, -b[i]!))).toBeLessThanOrEqual(1e-9 * size + 1e-300);
          }
        },
      ),
    );
  });

  it('have the inverse of the Hilbert matrix', () => {
    const hilbert = [1, 1 / 2, 1 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 3, 1 / 4, 1 / 5];
    const inverse = invertPositiveDefinite(hilbert, 3)!;
    const wanted = [9, -36, 30, -36, 192, -180, 30, -180, 180];
    wanted.forEach((value, i) => expect(inverse[i]).toBeCloseTo(value, 9));
  });

  it('are refused when singular, indefinite or not finite', () => {
    expect(solvePositiveDefinite([1, 1, 1, 1], [1, 2])).toBeUndefined();
    expect(solvePositiveDefinite([1, 2, 2, 1], [1, 2])).toBeUndefined();
    expect(solvePositiveDefinite([0, 0, 0, 0], [1, 2])).toBeUndefined();
    expect(solvePositiveDefinite([1, NaN, NaN, 1], [1, 2])).toBeUndefined();
    expect(invertPositiveDefinite([1, 1, 1, 1], 2)).toBeUndefined();
  });
});
