import type { Database } from 'better-sqlite3';
import { rmSync, statSync } from 'node:fs';
import { toWorkspaceError } from './errors.ts';
import { newId } from './newId.ts';
import { moveWithoutOverwriting } from './open.ts';

const pagesPerTurn = 256;

/**
 * Writes a consistent copy of an open workspace while work on it goes on (SQLite's online backup), under another name
 * until it is complete. `progress` is called between turns and may throw to stop. Returns the bytes of the copy.
 * Throws `workspace-exists`, `disk-full`, `workspace-read-only`, `workspace-missing` (no such folder).
 */
export async function backupDatabase(db: Database, to: string, progress: (done: number, total: number) => void): Promise<number> {
  const temporary = `${to}.${newId()}.new`;
  try {
    // Fails where the folder is missing, with a better code than the backup's own.
    await db.backup(temporary, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages);
        return pagesPerTurn;
      },
    });
    moveWithoutOverwriting(temporary, to);
    return statSync(to).size;
  } catch (error) {
    throw toWorkspaceError(error, to);
  } finally {
    rmSync(temporary, { force: true });
    rmSync(`${temporary}-journal`, { force: true });
  }
}
