import { bisectCenter } from 'd3';

/** Index of the step nearest to `step` in ascending `steps`; null when there are none. */
export function nearestIndex(steps: Float64Array, step: number): number | null {
  return steps.length === 0 ? null : bisectCenter(steps, step);
}
