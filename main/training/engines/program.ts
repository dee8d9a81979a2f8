import type { Batch } from '../datasets/dataset.ts';
import type { WeightDecayMode } from '../../../shared/model/trainingConfig.ts';

/** How the weights follow from the gradient; constant over a run. */
export interface Optimizer {
  readonly momentum: number;
  readonly weightDecayMode: WeightDecayMode;
}

export interface StepRequest {
  readonly step: number;
  readonly lr: number;
  readonly wd: number;
  /** Measure norms and inner products, not only the loss. */
  readonly measure: boolean;
  /** A batch independent of the training batch, to estimate the gradient noise; null: do not. */
  readonly noiseBatch: Batch | null;
}

/** Inner products over one scale-invariant group. g: gradient before weight decay; v: velocity after the step's update. */
export interface GroupProducts {
  readonly ww: number;
  readonly gg: number;
  readonly wg: number;
  /** With momentum only, else null: without it v is known from g and w. */
  readonly vv: number | null;
  readonly wv: number | null;
  /** |g - g'|^2 with g' from the noise batch; null without one. */
  readonly dd: number | null;
}

/** Of the state before the update of `step`. */
export interface StepResult {
  readonly step: number;
  readonly lr: number;
  readonly wd: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Per scale-invariant group, in their order; null when not measured. */
  readonly groups: readonly GroupProducts[] | null;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
}

/** Trained parameters and momentum in the graph's order, back to back. `velocity` is null without momentum. */
export interface ProgramState {
  readonly weights: Float32Array<ArrayBuffer>;
  readonly velocity: Float32Array<ArrayBuffer> | null;
}

/** A network on a device, being trained. Steps are queued; their results are read together, in order. */
export interface Program {
  step(batch: Batch, request: StepRequest): void;
  /** Results of all steps since the last read. */
  read(): Promise<readonly StepResult[]>;
  /**
   * Loss and accuracy over `batches`, with batch-norm statistics of the present weights averaged over `statisticsBatches` of
   * the training set (Wu and Johnson 2021, "Rethinking 'Batch' in BatchNorm", section 3: "precise BatchNorm").
   */
  evaluate(statisticsBatches: Iterable<Batch>, batches: Iterable<Batch>): Promise<Evaluation>;
  save(): Promise<ProgramState>;
  load(state: ProgramState): void;
  dispose(): void;
}
