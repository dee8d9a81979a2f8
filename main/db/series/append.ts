import type { Database } from 'better-sqlite3';
import { EtalonError } from '../../../shared/model/errors.ts';
import type { Series } from '../../../shared/model/series.ts';
import { get } from '../statement.ts';
import { bucketsOfPoints, coarsen, joinBuckets, type Buckets } from './buckets.ts';
import { readRange, writeChunk } from './chunks.ts';
import { bucketFactor, chunkLength, highestLevel } from './layout.ts';

/** What is known of a series without reading its points. lastValue is NaN where the last point is. */
export interface SeriesRow {
  readonly id: number;
  readonly points: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

export const findSeriesSql = `SELECT id, points, first_step AS firstStep, last_step AS lastStep
  FROM series WHERE run_id = ? AND metric = ?`;

export function findSeries(db: Database, runId: string, metric: string): SeriesRow | undefined {
  return get<SeriesRow>(db, findSeriesSql, runId, metric);
}

/**
 * Adds points to one series, within the caller's transaction, and returns those that were new. Steps up to the last
 * stored one are skipped: after a restart from a checkpoint a deterministic training produces them again. Throws
 * `invalid-input` when steps and values differ in length or steps are not finite and strictly ascending.
 */
export function appendSeries(db: Database, runId: string, metric: string, added: Series): Series {
  checkSeries(metric, added);
  const held = findSeries(db, runId, metric);
  const from = held === undefined ? 0 : firstAfter(added.steps, held.lastStep);
  const fresh: Series = { steps: added.steps.slice(from), values: added.values.slice(from) };
  const count = fresh.steps.length;
  if (count === 0) return fresh;

  const before = held?.points ?? 0;
  const id = storeRow(db, runId, metric, before, fresh);
  appendLevel(db, id, 0, before, bucketsOfPoints(fresh.steps, fresh.values));
  for (let level = 1; level <= highestLevel; level++) {
    const size = bucketFactor ** level;
    const complete = Math.floor((before + count) / size);
    const known = Math.floor(before / size);
    if (complete === known) break;
    const finer = readRange(db, id, level - 1, known * bucketFactor, complete * bucketFactor);
    appendLevel(db, id, level, known, coarsen(finer));
  }
  return fresh;
}

/** Appends `data` after the `before` entries of a level, filling up its last chunk first. */
function appendLevel(db: Database, seriesId: number, level: number, before: number, data: Buckets): void {
  let chunk = Math.floor(before / chunkLength);
  const tail = readRange(db, seriesId, level, chunk * chunkLength, before);
  const all = tail.steps.length === 0 ? data : joinBuckets([tail, data]);
  for (let start = 0; start < all.steps.length; start += chunkLength) {
    writeChunk(db, seriesId, level, chunk++, view(all, start, start + chunkLength));
  }
}

const view = (from: Buckets, start: number, end: number): Buckets => ({
  steps: from.steps.subarray(start, end),
  mean: from.mean.subarray(start, end),
  low: from.low.subarray(start, end),
  high: from.high.subarray(start, end),
  count: from.count.subarray(start, end),
});

function storeRow(db: Database, runId: string, metric: string, before: number, fresh: Series): number {
  const { steps, values } = fresh;
  const row = get<{ id: number }>(
    db,
    `INSERT INTO series (run_id, metric, points, first_step, last_step, last_value) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (run_id, metric) DO UPDATE SET points = excluded.points, last_step = excluded.last_step,
       last_value = excluded.last_value RETURNING id`,
    runId,
    metric,
    before + steps.length,
    steps[0],
    steps.at(-1),
    values.at(-1),
  );
  return row!.id;
}

function checkSeries(metric: string, { steps, values }: Series): void {
  const problem =
    steps.length !== values.length
      ? `${steps.length} steps but ${values.length} values`
      : steps.some((step, i) => !Number.isFinite(step) || (i > 0 && !(step > steps[i - 1]!)))
        ? 'steps that are not finite and strictly ascending'
        : null;
  if (problem !== null) throw new EtalonError('invalid-input', `The points of ${metric} have ${problem}.`);
}

/** Index of the first step > `step`. */
function firstAfter(steps: Float64Array, step: number): number {
  const index = steps.findIndex((s) => s > step);
  return index === -1 ? steps.length : index;
}
