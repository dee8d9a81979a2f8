import { axisTicks } from '../../shared/figure/axisTicks.ts';
import type { RichText } from '../../shared/format/richText.ts';
import type { PlotScale } from './scale.ts';

export interface PlacedTick {
  readonly value: number;
  readonly position: number;
  /** Null for minor ticks. */
  readonly label: RichText | null;
}

export interface PlacedTicks {
  readonly ticks: readonly PlacedTick[];
  /** Power of ten that every label is to be multiplied with, stated once at the axis' end; null for none. */
  readonly exponent: number | null;
}

/** Labels nearer than these shares of `spacing` are crowded, or touch. */
const crowdedShare = 0.55;
const touchingShare = 0.3;

/** The ticks that figures have too, at their places on the screen: about one label per `spacing` pixels. */
export function placedTicks(scale: PlotScale, spacing: number): PlacedTicks {
  const [low, high] = [Math.min(...scale.domain), Math.max(...scale.domain)];
  const length = Math.abs(scale.range[1] - scale.range[0]);
  const isNearer = (major: readonly number[], share: number): boolean =>
    major.some((value, i) => i > 0 && Math.abs(scale(value) - scale(major[i - 1]!)) < spacing * share);
  // Round steps may give twice the number asked for.
  let count = Math.max(2, Math.floor(length / spacing));
  let found = axisTicks(scale.kind, [low, high], count);
  while (count > 1 && isNearer(found.major, crowdedShare)) {
    const fewer = axisTicks(scale.kind, [low, high], --count);
    // One label says nothing of the scale: rather two that stand close.
    if (fewer.major.length < 2 && !isNearer(found.major, touchingShare)) break;
    found = fewer;
  }
  return {
    ticks: [
      ...found.major.map((value, i) => ({ value, position: scale(value), label: found.labels[i] ?? null })),
      ...found.minor.map((value) => ({ value, position: scale(value), label: null })),
    ],
    exponent: found.exponent,
  };
}
