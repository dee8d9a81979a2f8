import type { ErrorData } from '../../shared/model/errors.ts';
import type { Device } from '../../shared/model/device.ts';
import type { ScaleInvariantGroup } from '../../shared/model/run.ts';
import type { Series } from '../../shared/model/series.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';

/** What host and training process say to each other: plain data, structured clone. */

/** State from which training goes on bit for bit on a CPU: weights, momentum, random streams, running sums. */
export interface Checkpoint {
  readonly step: number;
  readonly wallSeconds: number;
  readonly bytes: Uint8Array;
}

export type ToTrainer =
  | {
      readonly kind: 'train';
      readonly runId: string;
      readonly config: TrainingConfig;
      readonly device: string;
      readonly checkpoint: Checkpoint | null;
    }
  /** Finish the step, send the points and a checkpoint, then `stopped`. */
  | { readonly kind: 'stop' }
  /** Time a few steps of the config's model without storing anything. */
  | { readonly kind: 'time'; readonly config: TrainingConfig; readonly device: string }
  | { readonly kind: 'probe'; readonly devices: readonly string[] | null };

export type FromTrainer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly groups: readonly ScaleInvariantGroup[]; readonly stepsPerEpoch: number }
  /** At least every 250 ms while training: all points since the last such message, and a checkpoint when one is due. */
  | {
      readonly kind: 'points';
      readonly step: number;
      readonly series: Readonly<Record<string, Series>>;
      readonly checkpoint: Checkpoint | null;
    }
  | { readonly kind: 'stopped'; readonly step: number }
  /** Every step was trained; or the loss or a weight was not finite at `step`. */
  | { readonly kind: 'finished'; readonly step: number; readonly outcome: 'finished' | 'diverged' }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'timed'; readonly secondsPerStep: number }
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'probed' };
