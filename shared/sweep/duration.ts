/**
 * Seconds until all jobs are done when each of `workers` takes the next job as it gets free (list scheduling, the
 * queue's own order). Jobs in seconds, >= 0; `workers` >= 1. Cost O(jobs x workers).
 */
export function makespan(jobs: readonly number[], workers: number): number {
  const freeAt = new Float64Array(Math.max(1, Math.min(workers, jobs.length)));
  for (const seconds of jobs) {
    let first = 0;
    for (let w = 1; w < freeAt.length; w++) if (freeAt[w]! < freeAt[first]!) first = w;
    freeAt[first]! += seconds;
  }
  return Math.max(...freeAt);
}
