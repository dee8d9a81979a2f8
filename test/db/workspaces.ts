import type { Database } from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defaultTrainingConfig, type TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { newId } from '../../main/db/newId.ts';
import { closeDatabase, createDatabase } from '../../main/db/open.ts';
import { insertRun, type NewRun } from '../../main/db/queries/runs.ts';
import { trainingRunColumns } from '../../main/db/runColumns.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'etalon-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new workspace file of its own, open until the test ends. */
export function newWorkspace(): { readonly db: Database; readonly file: string } {
  const file = join(temporaryFolder(), 'test.etalon');
  const db = createDatabase(file);
  onTestFinished(() => closeDatabase(db));
  return { db, file };
}

export function addRun(db: Database, more: Partial<NewRun> = {}, config: TrainingConfig = defaultTrainingConfig): string {
  const run: NewRun = {
    id: newId(),
    name: 'a run',
    state: 'queued',
    config,
    columns: trainingRunColumns(config),
    sweepId: null,
    source: 'etalon',
    device: null,
    priority: 0,
    createdAt: 1_700_000_000_000,
    tags: [],
    ...more,
  };
  insertRun(db, run);
  return run.id;
}

/** Every row of a table, for comparing whole states. */
export const rowsOf = (db: Database, table: string): unknown[] => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all();
