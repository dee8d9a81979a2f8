import { ticks as linearTicks } from 'd3';
import type { RichText } from '../../shared/format/richText.ts';
import { tickLabels } from '../../shared/format/tickLabels.ts';
import type { PlotScale } from './scale.ts';

export interface Tick {
  readonly value: number;
  readonly position: number;
  /** Null for minor ticks and where labels would crowd. */
  readonly label: RichText | null;
}

export interface AxisTicks {
  readonly ticks: readonly Tick[];
  /** Power of ten that every label is to be multiplied with, stated once at the axis' end; null for none. */
  readonly exponent: number | null;
}

/**
 * Ticks of an axis, about one label per `spacing` pixels. Log axes have labels on powers of ten (every nth when there
 * are many; also 2 and 5, or linear steps, when the axis spans little) and minor ticks on 2..9.
 */
export function axisTicks(scale: PlotScale, spacing: number): AxisTicks {
  const length = Math.abs(scale.range[1] - scale.range[0]);
  const count = Math.max(2, Math.floor(length / spacing));
  const major = scale.kind === 'log' ? majorLog(scale.domain, count) : linearTicks(...ascending(scale.domain), count);
  const minor = scale.kind === 'log' ? minorLog(scale.domain, new Set(major)) : [];
  const { labels, exponent } = tickLabels(major, scale.kind);
  return {
    ticks: [
      ...major.map((value, i) => ({ value, position: scale(value), label: labels[i] ?? null })),
      ...minor.map((value) => ({ value, position: scale(value), label: null })),
    ],
    exponent,
  };
}

const ascending = ([a, b]: readonly [number, number]): [number, number] => (a <= b ? [a, b] : [b, a]);

function majorLog(domain: readonly [number, number], count: number): number[] {
  const [low, high] = ascending(domain);
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const powers = last - first + 1;
  // Less than a decade holds no or one power of ten: round numbers in it say more.
  if (powers < 2 && high / low < 10) {
    const within = mantissas(low, high, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    return within.length >= 2 && within.length <= count
      ? within
      : linearTicks(low, high, Math.min(count, 6)).filter((x) => x > 0);
  }
  if (powers * 3 <= count) return mantissas(low, high, [1, 2, 5]);
  const stride = Math.max(1, Math.ceil(powers / count));
  return mantissas(low, high, [1]).filter((value) => Math.round(Math.log10(value)) % stride === 0);
}

function minorLog(domain: readonly [number, number], major: ReadonlySet<number>): number[] {
  const [low, high] = ascending(domain);
  if (Math.log10(high / low) > 8) return [];
  return mantissas(low, high, [1, 2, 3, 4, 5, 6, 7, 8, 9]).filter((value) => !major.has(value));
}

function mantissas(low: number, high: number, factors: readonly number[]): number[] {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of factors) {
      // Through decimal text: 3 * 10 ** -5 is not the number people mean by 3e-5.
      const value = Number(`${factor}e${power}`);
      if (value >= low && value <= high) values.push(value);
    }
  }
  return values;
}
