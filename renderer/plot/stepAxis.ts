import type { XAxisKind } from '../../shared/model/figure.ts';
import type { Series } from '../../shared/model/series.ts';
import { interpolate } from './bisect.ts';

/** What turns steps of one run into places on an axis. */
export interface RunClock {
  readonly intrinsicLr: number | null;
  readonly stepsPerEpoch: number | null;
  /** Series `time/wall_s`: seconds by step. */
  readonly wall: Series | null;
}

/** Places of steps on the axis; null when the run cannot be put on it (no epochs, no λₑ, no wall time). */
export function stepsToAxis(kind: XAxisKind, steps: Float64Array, clock: RunClock): Float64Array | null {
  switch (kind) {
    case 'step':
      return steps;
    case 'epoch':
      return clock.stepsPerEpoch === null || !(clock.stepsPerEpoch > 0) ? null : steps.map((s) => s / clock.stepsPerEpoch!);
    case 'scaled':
      return clock.intrinsicLr === null || !(clock.intrinsicLr > 0) ? null : steps.map((s) => s * clock.intrinsicLr!);
    case 'wall': {
      const { wall } = clock;
      return wall === null || wall.steps.length === 0 ? null : steps.map((s) => interpolate(wall.steps, wall.values, s));
    }
  }
}

/** The steps between two places of the axis, for reading only what is seen; null when the run is not on it. */
export function axisToSteps(
  kind: XAxisKind,
  [from, to]: readonly [number, number],
  clock: RunClock,
): readonly [number, number] | null {
  const scale = (factor: number | null): readonly [number, number] | null =>
    factor === null || !(factor > 0) ? null : [from * factor, to * factor];
  switch (kind) {
    case 'step':
      return [from, to];
    case 'epoch':
      return scale(clock.stepsPerEpoch);
    case 'scaled':
      return scale(clock.intrinsicLr === null ? null : 1 / clock.intrinsicLr);
    case 'wall': {
      const { wall } = clock;
      if (wall === null || wall.steps.length === 0) return null;
      return [interpolate(wall.values, wall.steps, from), interpolate(wall.values, wall.steps, to)];
    }
  }
}
