import type { Database } from 'better-sqlite3';
import { toWorkspaceError } from './errors.ts';

/**
 * All of `work` or nothing of it; within another transaction it is a part of that one. With synchronous=FULL it is on
 * disk when this returns. Throws `disk-full`, `workspace-damaged`, ... when the file cannot take it.
 */
export function inTransaction<T>(db: Database, work: () => T): T {
  try {
    return db.transaction(work).immediate();
  } catch (error) {
    throw toWorkspaceError(error, db.name);
  }
}
