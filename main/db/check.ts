import type { Database } from 'better-sqlite3';
import type { IntegrityReport } from '../../shared/model/workspace.ts';
import { bucketsOfPoints, coarsen, joinBuckets, type Buckets } from './series/buckets.ts';
import { decodeChunk, type ChunkRow } from './series/chunks.ts';
import { bucketFactor, chunkLength, highestLevel } from './series/layout.ts';
import { all } from './statement.ts';

const maxProblems = 100;

interface SeriesToCheck {
  readonly id: number;
  readonly runId: string;
  readonly metric: string;
  readonly points: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

interface CheckedChunkRow extends ChunkRow {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/**
 * SQLite's own checks, then every chunk is decoded and every level of the pyramid is made again from the one below.
 * `progress` is called with the series done, between them, and may throw to stop.
 */
export async function checkDatabase(db: Database, progress: (done: number, total: number) => void): Promise<IntegrityReport> {
  const problems: string[] = [];
  const report = (problem: string): void => {
    if (problems.length < maxProblems) problems.push(problem);
  };
  let checkedSeries = 0;
  let checkedPoints = 0;
  try {
    for (const problem of sqliteProblems(db)) report(problem);
    const series = all<SeriesToCheck>(
      db,
      'SELECT id, run_id AS runId, metric, points, first_step AS firstStep, last_step AS lastStep FROM series ORDER BY id',
    );
    for (const one of series) {
      for (const problem of seriesProblems(db, one)) report(`${one.metric} of run ${one.runId}: ${problem}`);
      checkedSeries++;
      checkedPoints += one.points;
      progress(checkedSeries, series.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    // Damage may stop the reading itself; that is a finding, not a failure of the check.
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('SQLITE_')) throw error;
    report(`reading stopped: ${error.message}`);
  }
  return { ok: problems.length === 0, problems, checkedSeries, checkedPoints };
}

function sqliteProblems(db: Database): string[] {
  const integrity = db.pragma(`integrity_check(${maxProblems})`) as { integrity_check: string }[];
  const found = integrity.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const orphans = db.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [...found, ...orphans.map(({ table, parent }) => `a row of ${table} belongs to none of ${parent}`)];
}

function* seriesProblems(db: Database, series: SeriesToCheck): Generator<string> {
  let finer: Buckets | undefined;
  for (let level = 0; level <= highestLevel; level++) {
    const expected = Math.floor(series.points / bucketFactor ** level);
    const rows = all<CheckedChunkRow>(
      db,
      `SELECT level, chunk, n, first_step AS firstStep, last_step AS lastStep, minimum, maximum, steps, vals, lows, highs,
         counts FROM chunks WHERE series_id = ? AND level = ? ORDER BY chunk`,
      series.id,
      level,
    );
    const held = rows.reduce((sum, row) => sum + row.n, 0);
    if (held !== expected) yield `level ${level} holds ${held} entries where ${expected} belong`;
    const decoded: Buckets[] = [];
    for (const [index, row] of rows.entries()) {
      const where = `level ${level}, chunk ${row.chunk}`;
      if (row.chunk !== index || (index < rows.length - 1 && row.n !== chunkLength)) yield `${where} is out of place`;
      try {
        const data = decodeChunk(row);
        if (!describes(row, data)) yield `${where} does not match its summary`;
        decoded.push(data);
      } catch (error) {
        yield `${where} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    // What follows compares whole levels.
    if (decoded.length !== rows.length || held !== expected) return;
    const whole = joinBuckets(decoded);
    if (level === 0) {
      if (!(whole.steps[0] === series.firstStep && whole.steps.at(-1) === series.lastStep)) yield 'first or last step is wrong';
      finer = bucketsOfPoints(whole.steps, whole.mean);
    } else {
      if (!sameBuckets(coarsen(finer!), whole)) yield `level ${level} does not agree with level ${level - 1}`;
      finer = whole;
    }
  }
}

function describes(row: CheckedChunkRow, { steps, low, high, count }: Buckets): boolean {
  const numbers = low.filter((_, i) => count[i]! > 0);
  const tops = high.filter((_, i) => count[i]! > 0);
  const minimum = numbers.length === 0 ? null : numbers.reduce((a, b) => Math.min(a, b));
  const maximum = tops.length === 0 ? null : tops.reduce((a, b) => Math.max(a, b));
  return steps[0] === row.firstStep && steps.at(-1) === row.lastStep && minimum === row.minimum && maximum === row.maximum;
}

function sameBuckets(a: Buckets, b: Buckets): boolean {
  const keys = ['steps', 'mean', 'low', 'high', 'count'] as const;
  return keys.every((key) => a[key].length === b[key].length && a[key].every((x, i) => Object.is(x, b[key][i])));
}
