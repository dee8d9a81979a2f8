import { findMetric } from '../../shared/model/findMetric.ts';
import type { MetricInfo } from '../../shared/model/metrics.ts';

/** What is known of a metric of all scale-invariant weights; undefined for names of other tools and of single groups. */
export function infoOfMetric(name: string): MetricInfo | undefined {
  const found = findMetric(name);
  return found?.group === null ? found.info : undefined;
}

/** A metric in words: its label, for a single scale-invariant group with the group's name, else the name itself. */
export function metricLabel(name: string): string {
  const found = findMetric(name);
  if (found === undefined) return name;
  return found.group === null ? found.info.label : `${found.info.label}, ${found.group}`;
}
