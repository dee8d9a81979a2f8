import { ticks } from 'd3';
import type { ScaleKind } from '../model/figure.ts';
import { tickLabels, type TickLabels } from '../format/tickLabels.ts';
import type { Extent } from './domain.ts';

export interface AxisTicks extends TickLabels {
  readonly major: readonly number[];
  /** Between the major ones, without labels. */
  readonly minor: readonly number[];
}

/** Ticks at round values within the domain, about `count` (> 0) of them with labels. */
export function axisTicks(scale: ScaleKind, domain: Extent, count: number): AxisTicks {
  const { major, minor } = scale === 'log' ? logTicks(domain, count) : linearTicks(domain, count);
  return { major, minor, ...tickLabels(major, scale) };
}

function linearTicks([low, high]: Extent, count: number): { major: number[]; minor: number[] } {
  let major = roundTicks(low, high, count);
  // One label alone says nothing of the scale.
  for (let more = count + 1; major.length < 2 && more <= 6; more++) major = roundTicks(low, high, more);
  if (major.length < 2) return { major, minor: [] };
  const step = major[1]! - major[0]!;
  const leading = Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9));
  const parts = leading === 2 ? 4 : 5;
  const taken = new Set(major);
  const minor = roundTicks(low, high, count * parts).filter((value) => !taken.has(value) && isMultiple(value, step / parts));
  return { major, minor };
}

/** None where doubles lie too close together, or too far apart, to be divided into steps. */
function roundTicks(low: number, high: number, count: number): number[] {
  return high - low > 1e-290 && high - low < Infinity ? ticks(low, high, count) : [];
}

function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) < 1e-6;
}

function logTicks([low, high]: Extent, count: number): { major: number[]; minor: number[] } {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const powers: number[] = [];
  for (let exponent = first; exponent <= last; exponent++) if (exponent % stride === 0) powers.push(power(exponent));
  const digits = [2, 3, 4, 5, 6, 7, 8, 9];
  const between: number[] = [];
  for (let exponent = first - 1; exponent <= last; exponent++) {
    between.push(...(stride === 1 ? digits : []).map((digit) => power(exponent, digit)));
    if (exponent >= first && exponent % stride !== 0) between.push(power(exponent));
  }
  const inside = between.filter((value) => value >= low && value <= high);
  if (powers.length >= 2) return { major: powers, minor: inside };
  return subdecadeTicks(
    [low, high],
    count,
    [...powers, ...inside].sort((a, b) => a - b),
  );
}

/** Fewer than two powers of ten in sight: 1, 2, 5 with labels, or round steps when the axis is shorter still. */
function subdecadeTicks(domain: Extent, count: number, candidates: readonly number[]): { major: number[]; minor: number[] } {
  for (const labelled of [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]]) {
    const major = candidates.filter((value) => labelled.includes(Number(value.toExponential(0)[0])));
    if (major.length >= 2 && major.length <= count) return { major, minor: candidates.filter((value) => !major.includes(value)) };
  }
  const major = roundTicks(domain[0], domain[1], count).filter((value) => value > 0);
  return { major, minor: [] };
}

/** Exact for the exponents doubles have; 10 ** -4 is not the double nearest to 0.0001. */
function power(exponent: number, digit = 1): number {
  return Number(`${digit}e${exponent}`);
}
