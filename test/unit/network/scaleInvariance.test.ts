import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nullSpace, reducedRowEchelon } from '../../../shared/network/nullSpace.ts';
import { randomStream } from '../../../shared/network/randomStream.ts';
import { findScaleInvariantGroups, type ProbedParameter } from '../../../shared/network/scaleInvariance.ts';

describe('nullSpace', () => {
  it('finds as many vectors as the rank leaves, orthonormal, each mapped to zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (rank, deficit, seed) => {
        const p = rank + deficit;
        const m = p + 3;
        const random = randomStream(seed, 0, 'probe', 0);
        const normals = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal());
        const basis = Array.from({ length: rank }, () => normals(m));
        const columns = Array.from({ length: p }, () => {
          const factors = normals(rank);
          return Float64Array.from({ length: m }, (_, i) => basis.reduce((sum, b, k) => sum + b[i]! * factors[k]!, 0));
        });
        const found = nullSpace(columns, 1e-9);
        expect(found).toHaveLength(deficit);
        found.forEach((z, a) => {
          found.forEach((y, b) => {
            expect(z.reduce((sum, x, i) => sum + x * y[i]!, 0)).toBeCloseTo(a === b ? 1 : 0, 9);
          });
          for (let i = 0; i < m; i++) expect(columns.reduce((sum, column, k) => sum + column[i]! * z[k]!, 0)).toBeCloseTo(0, 8);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('reducedRowEchelon', () => {
  it('reduces a matrix worked by hand', () => {
    const rows = [
      [1, 2, -1, -4],
      [2, 3, -1, -11],
      [-2, 0, -3, 22],
    ].map((row) => Float64Array.from(row));
    const reduced = reducedRowEchelon(rows, 1e-9).map((row) => [...row].map((x) => Math.round(x * 1e9) / 1e9 + 0));
    expect(reduced).toEqual([
      [1, 0, 0, -8],
      [0, 1, 0, 1],
      [0, 0, 1, -2],
    ]);
  });

  it('drops rows that depend on others', () => {
    expect(reducedRowEchelon([Float64Array.of(1, 1), Float64Array.of(2, 2)], 1e-9)).toEqual([Float64Array.of(1, 1)]);
  });
});

/** Parameters with random <g, w> on 20 batches, changed so that the sums over the given sets vanish. */
function probed(sizes: readonly number[], sets: readonly (readonly number[])[], rounding = 0): ProbedParameter[] {
  const random = randomStream(1, 0, 'probe', 0);
  const wg = sizes.map(() => Array.from({ length: 20 }, () => 0.1 * random.normal()));
  for (const set of sets) {
    for (let b = 0; b < 20; b++) {
      const others = set.slice(1).reduce((sum, i) => sum + wg[i]![b]!, 0);
      wg[set[0]!]![b] = -others + rounding * random.normal();
    }
  }
  return sizes.map((size, i) => ({ name: `p${i}`, size, products: wg[i]!.map((x) => ({ wg: x, gg: 1, ww: 1 })) }));
}

const named = (parameters: readonly ProbedParameter[]): string[][] =>
  findScaleInvariantGroups(parameters).map(({ parameters: names }) => [...names]);

describe('findScaleInvariantGroups', () => {
  it('finds weights that are scale-invariant alone, up to rounding, and no others', () => {
    expect(named(probed([10, 10, 10], [[1]], 1e-6))).toEqual([['p1']]);
  });

  it('finds disjoint sets that are scale-invariant only together', () => {
    expect(
      named(
        probed(
          [10, 20, 30, 40, 50, 60],
          [
            [0, 3],
            [1, 2, 5],
          ],
          1e-6,
        ),
      ),
    ).toEqual([
      ['p0', 'p3'],
      ['p1', 'p2', 'p5'],
    ]);
  });

  it('takes the larger of two sets that share a weight', () => {
    // p0 + p2 and p1 + p2 both vanish: p2 can be in one group only.
    const parameters = probed([10, 20, 30], []);
    const [a, b, c] = parameters.map(({ products }) => products);
    const shared = a!.map(({ wg }, i) => [{ wg, gg: 1, ww: 1 }, { wg, gg: 1, ww: 1 }, { wg: -wg, gg: 1, ww: 1 }, b![i], c![i]]);
    const of = (k: number) => ({ ...parameters[k]!, products: shared.map((row) => row[k]!) });
    expect(named([of(0), of(1), of(2)])).toEqual([['p1', 'p2']]);
  });

  it('does not take a difference for a set', () => {
    const parameters = probed([10, 20], []);
    const copy = { ...parameters[1]!, products: parameters[0]!.products };
    expect(named([parameters[0]!, copy])).toEqual([]);
  });

  it('finds nothing where there is no gradient', () => {
    const still = { name: 'p0', size: 5, products: Array.from({ length: 20 }, () => ({ wg: 0, gg: 0, ww: 1 })) };
    expect(findScaleInvariantGroups([still])).toEqual([]);
  });

  it('states name, size and residual', () => {
    const [group] = findScaleInvariantGroups(probed([10, 20], [[0, 1]], 1e-6));
    expect(group).toMatchObject({ name: 'p0+1', size: 30 });
    expect(group!.residual).toBeLessThan(1e-5);
    expect(group!.residual).toBeGreaterThan(0);
  });
});
