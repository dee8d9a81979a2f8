import type { Database } from 'better-sqlite3';
import { defaultTrainingConfig, type TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { newId } from '../../main/db/newId.ts';
import { insertRun, type NewRun } from '../../main/db/queries/runs.ts';
import { trainingRunColumns } from '../../main/db/runColumns.ts';

/** Stores a run of the default configuration, with what `more` says otherwise; returns its id. */
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
