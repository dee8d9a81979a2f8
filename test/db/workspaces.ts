import type { Database } from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { closeDatabase, createDatabase } from '../../main/db/open.ts';

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

export { addRun } from './runFixture.ts';

/** Every row of a table, for comparing whole states. */
export const rowsOf = (db: Database, table: string): unknown[] => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all();
