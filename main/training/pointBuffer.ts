import type { Series } from '../../shared/model/series.ts';

/** Collects points until they are sent. Per metric the steps must come in ascending order. */
export function createPointBuffer() {
  let columns = new Map<string, { steps: number[]; values: number[] }>();
  return {
    record: (metric: string, step: number, value: number): void => {
      let column = columns.get(metric);
      if (!column) columns.set(metric, (column = { steps: [], values: [] }));
      column.steps.push(step);
      column.values.push(value);
    },
    take: (): Record<string, Series> => {
      const taken = columns;
      columns = new Map();
      return Object.fromEntries(
        [...taken].map(([metric, { steps, values }]) => [
          metric,
          { steps: Float64Array.from(steps), values: Float64Array.from(values) },
        ]),
      );
    },
  };
}
