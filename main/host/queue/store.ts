import type { RunState, ScaleInvariantGroup } from '../../../shared/model/run.ts';
import type { Series } from '../../../shared/model/series.ts';
import type { TrainingConfig } from '../../../shared/model/trainingConfig.ts';
import type { Checkpoint } from '../../training/messages.ts';

/** What the queue reads and writes; each call is one transaction that is on disk when it returns. */
export interface QueueStore {
  /** null when the run has left the queue meanwhile: moved to the trash or purged. */
  load(runId: string): { readonly config: TrainingConfig; readonly checkpoint: Checkpoint | null } | null;
  checkpointStep(runId: string): number | null;
  /** `message` is shown beside the state; null clears it. */
  setState(runIds: readonly string[], state: RunState, message: string | null): void;
  setPriority(runIds: readonly string[], priority: number): void;
  /** Training has begun, or goes on from the checkpoint at `resumedFrom`: points after it are dropped, they come again. */
  started(runId: string, start: RunStart): void;
  append(runId: string, series: Readonly<Record<string, Series>>, checkpoint: Checkpoint | null): void;
}

export interface RunStart {
  readonly groups: readonly ScaleInvariantGroup[];
  readonly stepsPerEpoch: number;
  readonly resumedFrom: number | null;
}
