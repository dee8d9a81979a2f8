import { describe, expect, it } from 'vitest';
import { addCounts, countPlaywright, countVitest } from '../../build/scripts/testCounts.ts';

describe('the line at the end of npm test', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

  it('counts skipped and to-do tests of vitest as skipped', () => {
    const testResults = [{ status: 'failed', assertionResults: [{}] }];
    expect(countVitest({ ...report, testResults })).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('counts a test file that could not be loaded as one failed', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(countVitest({ ...report, numFailedTests: 0, testResults })).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('counts unexpected, flaky and outside faults of Playwright as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 3, skipped: 1 });
  });

  it('is the sum of both', () => {
    expect(addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });
});
