import { makespan } from '../../../shared/sweep/duration.ts';

export interface Load {
  /** What makes runs equally fast: model, data and device. */
  readonly kind: string;
  readonly pool: string;
  readonly remainingSteps: number;
  /** Of a running run once measurable, else null. */
  readonly stepsPerSecond: number | null;
}

/**
 * Seconds until every run is done, or null while the speed of some kind is not known: within each pool, list
 * scheduling of the remaining steps at the speeds measured so far (`known`: steps per second by kind).
 */
export function queueEta(
  loads: readonly Load[],
  known: ReadonlyMap<string, number>,
  workersOf: (pool: string) => number,
): number | null {
  if (loads.length === 0) return null;
  const pools = new Map<string, number[]>();
  for (const load of loads) {
    const speed = load.stepsPerSecond ?? known.get(load.kind);
    if (speed === undefined) return null;
    const seconds = load.remainingSteps / speed;
    const jobs = pools.get(load.pool);
    if (jobs) jobs.push(seconds);
    else pools.set(load.pool, [seconds]);
  }
  return Math.max(...[...pools].map(([pool, jobs]) => makespan(jobs, workersOf(pool))));
}
