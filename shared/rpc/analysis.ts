import * as v from 'valibot';
import { flag, id, integer, list } from '../model/fields.ts';
import type { GammaPrediction, RunAnalysis, ScalingFit } from '../model/analysis.ts';
import { method } from './method.ts';

export const analysisMethods = {
  /** Stored analysis, computed first when missing, stale or `refresh`. */
  'analysis.run': method<RunAnalysis>()(v.strictObject({ runId: id, refresh: flag })),
  /** Analyses all of them as a task with progress and cancel; returns when done. Runs without the series are left out. */
  'analysis.runs': method<readonly RunAnalysis[]>()(v.strictObject({ runIds: list(id, 1, 10_000), refresh: flag })),
  'analysis.prediction': method<GammaPrediction>()(v.strictObject({ runId: id, maxPoints: integer(2, 1_000_000) })),
  'analysis.scaling': method<ScalingFit>()(v.strictObject({ runIds: list(id, 1, 10_000) })),
} as const;
