import type { RunSummary } from '../../../shared/model/run.ts';
import type { Column } from './columns.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A sorted copy; missing values last in either direction, equal ones in the order given (newest first). */
export function sortRuns(list: readonly RunSummary[], column: Column, descending: boolean): readonly RunSummary[] {
  const direction = descending ? -1 : 1;
  const keyed = list.map((run, order) => ({ run, order, value: column.sortValue(run) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null) || a.order - b.order;
    const difference =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : collator.compare(String(a.value), String(b.value));
    return direction * difference || a.order - b.order;
  });
  return keyed.map((entry) => entry.run);
}
