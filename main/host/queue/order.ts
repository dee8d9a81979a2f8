/** What decides which waiting run is next: the pool of workers it needs, and its place. */
export interface Waiting {
  readonly runId: string;
  /** Runs of one pool share its workers: `cpu`, or the id of one GPU. */
  readonly pool: string;
  readonly priority: number;
  readonly createdAt: number;
}

/** Higher priority first, then older first; ids (ULIDs) settle the same millisecond. */
export function byPlace(a: Waiting, b: Waiting): number {
  return b.priority - a.priority || a.createdAt - b.createdAt || (a.runId < b.runId ? -1 : a.runId > b.runId ? 1 : 0);
}

/** The first waiting run whose pool has a free worker. `free` answers for a pool; O(waiting). */
export function nextRun<W extends Waiting>(waiting: Iterable<W>, free: (pool: string) => boolean): W | undefined {
  const open = new Map<string, boolean>();
  let best: W | undefined;
  for (const run of waiting) {
    if (best !== undefined && byPlace(run, best) >= 0) continue;
    let isFree = open.get(run.pool);
    if (isFree === undefined) open.set(run.pool, (isFree = free(run.pool)));
    if (isFree) best = run;
  }
  return best;
}
