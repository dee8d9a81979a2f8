import { describe, expect, it } from 'vitest';
import { movingAverage } from '../../../renderer/plot/smooth.ts';

describe('the moving average', () => {
  it('weights points by powers of the weight, normalised: the definition as a sum', () => {
    const values = Float64Array.of(3, -1, 4, 1, 5, 9, 2, 6);
    const weight = 0.8;
    const smoothed = movingAverage(values, weight);
    values.forEach((_, t) => {
      let sum = 0;
      let norm = 0;
      for (let i = 0; i <= t; i++) {
        sum += weight ** (t - i) * values[i]!;
        norm += weight ** (t - i);
      }
      expect(smoothed[t]).toBeCloseTo(sum / norm, 12);
    });
  });

  it('leaves a constant as it is from the first point on', () => {
    expect(Array.from(movingAverage(Float64Array.of(7, 7, 7), 0.99))).toEqual(
      [7, 7, 7].map((x) => expect.closeTo(x, 12) as number),
    );
  });

  it('is the values themselves at weight 0', () => {
    expect(Array.from(movingAverage(Float64Array.of(1, 5, 2), 0))).toEqual([1, 5, 2]);
  });

  it('passes over NaN, which stays where it is', () => {
    const smoothed = movingAverage(Float64Array.of(1, NaN, 3), 0.5);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(movingAverage(Float64Array.of(1, 3), 0.5)[1]!, 12);
  });

  it('decays over a bucket as over its points', () => {
    const buckets = movingAverage(Float64Array.of(2, 8), 0.9, 16);
    const points = movingAverage(
      Float64Array.from({ length: 32 }, (_, i) => (i < 16 ? 2 : 8)),
      0.9,
    );
    expect(buckets[1]).toBeCloseTo(points[31]!, 12);
  });
});
