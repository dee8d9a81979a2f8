import * as v from 'valibot';
import { integer, list, nonNegative, positive, text } from './fields.ts';
import type { RunState } from './run.ts';
import { trainingConfigSchema } from './trainingConfig.ts';

export const maxSweepRuns = 10_000;

const values = list(positive, 1, 1000);
const wds = list(nonNegative, 1, 1000);

/**
 * grid: every lr with every wd. levels: at every intrinsic LR, one (lr, wd) pair for each lr, wd chosen to give it.
 * cells: the pairs themselves (drawn on the plane).
 */
const designSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('grid'), lrs: values, wds }),
  v.strictObject({ kind: v.literal('levels'), intrinsicLrs: values, lrs: values }),
  v.strictObject({
    kind: v.literal('cells'),
    cells: list(v.strictObject({ lr: positive, wd: nonNegative }), 1, maxSweepRuns),
  }),
]);

/** fixed: as many for all. equilibrium: `multiple` / lambda_e, within [min, max], so that every cell relaxes equally far. */
const stepsRuleSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('fixed'), steps: integer(1, 100_000_000) }),
  v.strictObject({
    kind: v.literal('equilibrium'),
    multiple: positive,
    min: integer(1, 100_000_000),
    max: integer(1, 100_000_000),
  }),
]);

export const sweepSpecSchema = v.strictObject({
  name: text(200, 1),
  /** lr, wd, steps, seed and replica are replaced cell by cell. */
  base: trainingConfigSchema,
  design: designSchema,
  seeds: list(integer(0, 2 ** 31 - 1), 1, 10_000),
  stepsRule: stepsRuleSchema,
  /** Device id, or null for the default device. */
  device: v.nullable(text(100, 1)),
});

export type SweepSpec = v.InferOutput<typeof sweepSpecSchema>;
export type SweepDesign = SweepSpec['design'];
export type StepsRule = SweepSpec['stepsRule'];

export interface SweepCell {
  readonly lr: number;
  readonly wd: number;
  readonly intrinsicLr: number;
  readonly steps: number;
}

/** What starting a sweep would cost, before it starts. */
export interface SweepPlan {
  readonly cells: readonly SweepCell[];
  readonly runs: number;
  readonly steps: number;
  /** Seconds on this machine with the workers it may use, from a short timing of the model; null when not measured yet. */
  readonly seconds: number | null;
  readonly bytes: number;
  readonly device: string;
}

export interface Sweep {
  readonly id: string;
  readonly name: string;
  readonly spec: SweepSpec;
  readonly createdAt: number;
  readonly runs: readonly SweepRun[];
}

export interface SweepRun {
  readonly runId: string;
  readonly lr: number;
  readonly wd: number;
  readonly seed: number;
  readonly state: RunState;
  readonly steps: number;
  readonly lastStep: number | null;
}
