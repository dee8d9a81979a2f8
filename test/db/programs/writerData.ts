import type { Series } from '../../../shared/model/series.ts';
import type { Checkpoint } from '../../../main/training/messages.ts';

/** What the writer stores at a step, so that a reader can tell whether it is all there. */
export const valueAt = (metric: number, step: number): number => Math.sin(step * (metric + 1)) * 10 ** metric;

export const writerMetrics = Array.from({ length: 15 }, (_, i) => `metric/${i}`);

export function pointsOf(from: number, to: number): Record<string, Series> {
  const steps = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return Object.fromEntries(writerMetrics.map((name, m) => [name, { steps, values: steps.map((step) => valueAt(m, step)) }]));
}

export const checkpointAt = (step: number): Checkpoint => ({
  step,
  wallSeconds: step / 100,
  bytes: new Uint8Array(200_000).fill(step % 256),
});
