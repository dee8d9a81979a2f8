import { metricInfo, type MetricInfo, type MetricName } from '../../shared/model/metrics.ts';

const known: Readonly<Record<string, MetricInfo>> = metricInfo satisfies Readonly<Record<MetricName, MetricInfo>>;

/** What is known of a metric; undefined for names of other tools and of single groups. */
export const infoOfMetric = (name: string): MetricInfo | undefined => (Object.hasOwn(known, name) ? known[name] : undefined);

/** A metric in words: its label, for a single scale-invariant group with the group's name, else the name itself. */
export function metricLabel(name: string): string {
  const info = infoOfMetric(name);
  if (info !== undefined) return info.label;
  const group = /^(si\/[a-z0-9_]+)\/(.+)$/.exec(name);
  const ofAll = group === null ? undefined : infoOfMetric(group[1]!);
  return ofAll === undefined ? name : `${ofAll.label}, ${group![2]}`;
}
