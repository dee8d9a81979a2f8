import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns } from '../../../renderer/views/Runs/columns.ts';
import { selectRows } from '../../../renderer/views/Runs/selectRows.ts';
import { sortRuns } from '../../../renderer/views/Runs/sortRuns.ts';
import { scrollTopFor, visibleRows } from '../../../renderer/views/Runs/virtualRows.ts';
import { runSummary } from './runSummary.ts';

const column = (key: string) => columns.find((candidate) => candidate.key === key)!;

describe('sorting runs', () => {
  const accuracies = [0.5, null, 0.9, 0.1, null];
  const runs = accuracies.map((testAccuracy, i) => runSummary({ id: String(i), testAccuracy }));

  it('puts missing values last in both directions', () => {
    expect(sortRuns(runs, column('testAccuracy'), false).map((run) => run.testAccuracy)).toEqual([0.1, 0.5, 0.9, null, null]);
    expect(sortRuns(runs, column('testAccuracy'), true).map((run) => run.testAccuracy)).toEqual([0.9, 0.5, 0.1, null, null]);
  });

  it('keeps the order of equal ones', () => {
    expect(sortRuns(runs, column('lr'), true).map((run) => run.id)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('sorts names as people count', () => {
    const named = ['run 10', 'run 2', 'Run 1'].map((name) => runSummary({ name }));
    expect(sortRuns(named, column('name'), false).map((run) => run.name)).toEqual(['Run 1', 'run 2', 'run 10']);
  });

  it('leaves the list it was given alone', () => {
    sortRuns(runs, column('testAccuracy'), true);
    expect(runs.map((run) => run.id)).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('selecting rows', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const none = { selected: new Set<string>(), anchor: '' };

  it('takes one row by a click and begins ranges there', () => {
    expect(selectRows(order, none, 'c', { shift: false, mod: false })).toEqual({ selected: ['c'], anchor: 'c' });
  });

  it('takes the rows between anchor and click with Shift, in either direction', () => {
    const current = { selected: new Set(['d']), anchor: 'd' };
    expect(selectRows(order, current, 'b', { shift: true, mod: false })).toEqual({ selected: ['b', 'c', 'd'], anchor: 'd' });
  });

  it('adds and takes away single rows with Mod', () => {
    const current = { selected: new Set(['a', 'b']), anchor: 'a' };
    expect(selectRows(order, current, 'd', { shift: false, mod: true }).selected).toEqual(['a', 'b', 'd']);
    expect(selectRows(order, current, 'b', { shift: false, mod: true }).selected).toEqual(['a']);
  });

  it('takes the row itself when the anchor is no longer listed', () => {
    const current = { selected: new Set<string>(), anchor: 'gone' };
    expect(selectRows(order, current, 'b', { shift: true, mod: false })).toEqual({ selected: ['b'], anchor: 'b' });
  });
});

describe('rows in sight', () => {
  it('hold every row that a pixel of the view shows, and few others', () => {
    const arbitrary = fc.tuple(
      fc.integer({ min: 0, max: 300_000 }),
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 10_000 }),
    );
    fc.assert(
      fc.property(arbitrary, ([scrollTop, viewHeight, count]) => {
        const { first, last } = visibleRows(scrollTop, viewHeight, 28, count);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first).toBeLessThanOrEqual(last);
        expect(last).toBeLessThanOrEqual(count);
        expect(last - first).toBeLessThanOrEqual(viewHeight / 28 + 19);
        for (const pixel of [0, viewHeight / 2, viewHeight]) {
          const row = Math.floor((scrollTop + pixel) / 28);
          if (row < count) expect(row >= first && row <= last).toBe(true);
        }
      }),
    );
  });

  it('scroll no farther than needed to a row', () => {
    expect(scrollTopFor(10, 0, 280, 28)).toBe(28);
    expect(scrollTopFor(3, 0, 280, 28)).toBe(0);
    expect(scrollTopFor(2, 100, 280, 28)).toBe(56);
  });
});
