import type { Database } from 'better-sqlite3';
import { EtalonError } from '../../../shared/model/errors.ts';
import { all, run } from '../statement.ts';
import { bucketsOfPoints, joinBuckets, sliceBuckets, type Buckets } from './buckets.ts';
import { chunkLength } from './layout.ts';
import { decodeSteps, encodeSteps } from './stepCodec.ts';
import { decodeValues, encodeValues } from './valueCodec.ts';

export interface ChunkRow {
  readonly level: number;
  readonly chunk: number;
  readonly n: number;
  readonly steps: Buffer;
  readonly vals: Buffer;
  readonly lows: Buffer | null;
  readonly highs: Buffer | null;
  readonly counts: Buffer | null;
}

export const readChunksSql = `
  SELECT level, chunk, n, steps, vals, lows, highs, counts FROM chunks
  WHERE series_id = ? AND level = ? AND chunk BETWEEN ? AND ? ORDER BY chunk`;

/** Throws an Error when the bytes are not what `writeChunk` makes of `n` points. */
export function decodeChunk(row: ChunkRow): Buckets {
  const steps = decodeSteps(row.steps, row.n);
  const mean = decodeValues(row.vals, row.n);
  if (row.level === 0) return bucketsOfPoints(steps, mean);
  if (row.lows === null || row.highs === null || row.counts === null) throw new Error('extremes are missing');
  return {
    steps,
    mean,
    low: decodeValues(row.lows, row.n),
    high: decodeValues(row.highs, row.n),
    count: decodeValues(row.counts, row.n),
  };
}

function decodeChunks(db: Database, rows: readonly ChunkRow[]): Buckets {
  try {
    return joinBuckets(rows.map(decodeChunk));
  } catch (error) {
    throw damaged(db, error instanceof Error ? error.message : String(error));
  }
}

function damaged(db: Database, details: string): EtalonError {
  const message = `A series of ${db.name} is damaged. Run the integrity check to see what, and restore a backup.`;
  return new EtalonError('workspace-damaged', message, { details });
}

/** Points (level 0) or buckets number `start` to `end` - 1 of a series. Throws `workspace-damaged`. */
export function readRange(db: Database, seriesId: number, level: number, start: number, end: number): Buckets {
  if (end <= start) return joinBuckets([]);
  const firstChunk = Math.floor(start / chunkLength);
  const lastChunk = Math.floor((end - 1) / chunkLength);
  const offset = firstChunk * chunkLength;
  const held = decodeChunks(db, all<ChunkRow>(db, readChunksSql, seriesId, level, firstChunk, lastChunk));
  if (held.steps.length < end - offset) throw damaged(db, 'points are missing');
  return start === offset && end - offset === held.steps.length ? held : sliceBuckets(held, start - offset, end - offset);
}

export function writeChunk(db: Database, seriesId: number, level: number, chunk: number, data: Buckets): void {
  const { steps, mean, low, high, count } = data;
  const numbers = count.some((n) => n > 0);
  const blob = (values: Float64Array): Uint8Array | null => (level === 0 ? null : encodeValues(values));
  run(
    db,
    `INSERT INTO chunks (series_id, level, chunk, n, first_step, last_step, minimum, maximum, steps, vals, lows, highs, counts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (series_id, level, chunk) DO UPDATE SET n = excluded.n, last_step = excluded.last_step,
       minimum = excluded.minimum, maximum = excluded.maximum, steps = excluded.steps, vals = excluded.vals,
       lows = excluded.lows, highs = excluded.highs, counts = excluded.counts`,
    seriesId,
    level,
    chunk,
    steps.length,
    steps[0],
    steps.at(-1),
    numbers ? extreme(low, Math.min, Infinity) : null,
    numbers ? extreme(high, Math.max, -Infinity) : null,
    encodeSteps(steps),
    encodeValues(mean),
    blob(low),
    blob(high),
    blob(count),
  );
}

function extreme(values: Float64Array, pick: (a: number, b: number) => number, start: number): number {
  return values.reduce((best, x) => (Number.isNaN(x) ? best : pick(best, x)), start);
}
