import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makespan } from '../../../shared/sweep/duration.ts';

describe('makespan', () => {
  it('gives each job to the worker that is free first', () => {
    expect(makespan([3, 1, 1, 1, 4], 2)).toBe(7);
    expect(makespan([5, 5, 5], 3)).toBe(5);
    expect(makespan([], 4)).toBe(0);
  });

  it("lies within Graham's bounds for list scheduling", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (jobs, workers) => {
          const total = jobs.reduce((a, b) => a + b, 0);
          const longest = Math.max(...jobs);
          const result = makespan(jobs, workers);
          expect(result).toBeGreaterThanOrEqual(Math.max(longest, total / workers) - 1e-9);
          expect(result).toBeLessThanOrEqual(total / workers + longest * (1 - 1 / workers) + 1e-9);
        },
      ),
    );
  });
});
