import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOrder, randomBatch } from '../../../shared/network/batchOrder.ts';

describe('epochOrder', () => {
  it('contains every sample once, for any size, seed, replica and epoch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(100_000), fc.nat(1e6), (n, seed, replica, epoch) => {
        expect([...epochOrder(n, seed, replica, epoch)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it('is the same again, and another one for another epoch or replica', () => {
    expect(epochOrder(100, 1, 0, 0)).toEqual(epochOrder(100, 1, 0, 0));
    expect(epochOrder(100, 1, 0, 0)).not.toEqual(epochOrder(100, 1, 0, 1));
    expect(epochOrder(100, 1, 0, 0)).not.toEqual(epochOrder(100, 1, 1, 0));
  });

  it('puts each sample at each place equally often', () => {
    const [n, epochs] = [5, 10_000];
    const counts = new Float64Array(n * n);
    for (let epoch = 0; epoch < epochs; epoch++)
      epochOrder(n, 3, 0, epoch).forEach((sample, place) => (counts[sample * n + place]! += 1));
    const chiSquare = counts.reduce((sum, count) => sum + (count - epochs / n) ** 2 / (epochs / n), 0);
    // 16 degrees of freedom; 99.99 % quantile.
    expect(chiSquare).toBeLessThan(45.9);
  });
});

describe('randomBatch', () => {
  it('chooses different samples of the training set, all of it when the batch is as large', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(1e6), (n, seed, index) => {
        const size = 1 + (seed % n);
        const batch = randomBatch(n, size, seed, 0, 'noiseBatch', index);
        expect(new Set(batch).size).toBe(size);
        expect(batch.every((sample) => sample < n)).toBe(true);
      }),
    );
  });

  it('chooses every sample equally often', () => {
    const [n, size, rounds] = [10, 3, 20_000];
    const counts = new Float64Array(n);
    for (let i = 0; i < rounds; i++) for (const sample of randomBatch(n, size, 9, 0, 'noiseBatch', i)) counts[sample]! += 1;
    const expected = (rounds * size) / n;
    // Without replacement the counts vary less than a chi-square allows for.
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(33.72);
  });
});
