import type { Database } from 'better-sqlite3';
import type { Checkpoint } from '../../training/messages.ts';
import { get, run } from '../statement.ts';

/** A run keeps its latest checkpoint only. */
export function putCheckpoint(db: Database, runId: string, checkpoint: Checkpoint, now: number): void {
  run(
    db,
    `INSERT INTO checkpoints (run_id, step, wall_seconds, saved_at, bytes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (run_id) DO UPDATE SET step = excluded.step, wall_seconds = excluded.wall_seconds,
       saved_at = excluded.saved_at, bytes = excluded.bytes`,
    runId,
    checkpoint.step,
    checkpoint.wallSeconds,
    now,
    // The binding takes buffers only; a view, not a copy.
    Buffer.from(checkpoint.bytes.buffer, checkpoint.bytes.byteOffset, checkpoint.bytes.byteLength),
  );
}

/** null before the first checkpoint. */
export function getCheckpoint(db: Database, runId: string): Checkpoint | null {
  const row = get<{ step: number; wallSeconds: number; bytes: Buffer }>(
    db,
    'SELECT step, wall_seconds AS wallSeconds, bytes FROM checkpoints WHERE run_id = ?',
    runId,
  );
  return row === undefined ? null : { ...row, bytes: new Uint8Array(row.bytes) };
}

/** A finished or cancelled run does not go on: its checkpoint is only weight. */
export function deleteCheckpoint(db: Database, runId: string): void {
  run(db, 'DELETE FROM checkpoints WHERE run_id = ?', runId);
}
