import { scaleLog } from 'd3';
import type { PlaneDot } from './dot.ts';

/**
 * The (lr, wd) plane as plain numbers: where dots, axes and lines of equal lambda_e lie. No DOM.
 *
 * log lr across, log wd up. lambda_e = factor lr wd, so that a line of equal lambda_e is a falling diagonal
 * log wd = log(lambda_e / factor) - log lr. When the dots' factors differ (runs with and without momentum together),
 * the axis across is factor lr, that is lr/(1 - momentum), and the diagonals hold again for all.
 */

export interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

export interface PlaneDomain {
  readonly lr: readonly [number, number];
  readonly wd: readonly [number, number];
}

export interface PlacedDot {
  readonly dot: PlaneDot;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** plane: at its (lr, wd). zero: weight decay is 0. unknown: lr or wd is not known. */
  readonly lane: 'plane' | 'zero' | 'unknown';
}

export interface Tick {
  readonly value: number;
  readonly position: number;
  readonly labelled: boolean;
}

export interface Diagonal {
  readonly intrinsicLr: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Powers of ten are drawn stronger and always labelled. */
  readonly major: boolean;
}

export interface Lane {
  readonly kind: 'zero' | 'unknown';
  readonly top: number;
  readonly height: number;
}

export interface PlaneLayout {
  readonly size: PlaneSize;
  readonly area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly domain: PlaneDomain;
  /** lambda_e / (x wd) on this plane: the dots' common factor, or 1 when the axis is factor lr. */
  readonly factor: number;
  readonly axisIsScaled: boolean;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly diagonals: readonly Diagonal[];
  readonly lanes: readonly Lane[];
  readonly dots: readonly PlacedDot[];
}

export interface PlaneOptions {
  readonly sizeBy: 'same' | 'relaxationTime';
  /** Shown when the dots do not reach farther; null = the dots decide. */
  readonly domain: PlaneDomain | null;
  readonly zeroLane: boolean;
  /** lambda_e / (lr wd) where there are no dots to tell it. */
  readonly factor: number;
}

const laneHeight = 26;
const margin = { left: 46, right: 12, top: 12, bottom: 38 };
export const dotRadius = 5;
const smallestRadius = 2.5;
const largestRadius = 11;

export function layoutPlane(dots: readonly PlaneDot[], size: PlaneSize, options: PlaneOptions): PlaneLayout {
  const { factor, axisIsScaled } = commonFactor(dots, options.factor);
  const across = (dot: PlaneDot) => (dot.lr === null ? null : axisIsScaled ? dot.lr * dot.factor : dot.lr);
  const domain = planeDomain(
    dots.map((dot) => ({ x: across(dot), wd: dot.wd })),
    options.domain,
  );

  const kinds = laneKinds(dots, options.zeroLane);
  const area = {
    left: margin.left,
    right: Math.max(margin.left + 40, size.width - margin.right),
    top: margin.top,
    bottom: Math.max(margin.top + 40, size.height - margin.bottom - kinds.length * laneHeight),
  };
  const lanes = kinds.map((kind, i) => ({ kind, top: area.bottom + 4 + i * laneHeight, height: laneHeight - 4 }));
  const frame = { area, domain };
  const x = xScale(frame);
  const y = yScale(frame);

  const radius = radiusRule(dots, options.sizeBy);
  const placed = dots.map((dot): PlacedDot => {
    const lane = laneOf(dot);
    const row = lanes.find((l) => l.kind === lane);
    const position = across(dot);
    return {
      dot,
      lane,
      radius: radius(dot),
      x: position !== null && position > 0 ? x(position) : area.left + 12,
      y: row === undefined ? y(dot.wd!) : row.top + row.height / 2,
    };
  });

  return {
    size,
    area,
    domain,
    factor,
    axisIsScaled,
    lanes,
    xTicks: logTicks(domain.lr, x, (area.right - area.left) / 70),
    yTicks: logTicks(domain.wd, y, (area.bottom - area.top) / 40),
    diagonals: diagonals(frame, factor),
    dots: fanOut(placed),
  };
}

type Frame = Pick<PlaneLayout, 'area' | 'domain'>;
export const xScale = ({ area, domain }: Frame) => scaleLog([...domain.lr], [area.left, area.right]);
export const yScale = ({ area, domain }: Frame) => scaleLog([...domain.wd], [area.bottom, area.top]);

function commonFactor(dots: readonly PlaneDot[], fallback: number): { factor: number; axisIsScaled: boolean } {
  const first = dots[0];
  if (first === undefined) return { factor: fallback, axisIsScaled: false };
  const uniform = dots.every((dot) => Math.abs(dot.factor / first.factor - 1) < 1e-6);
  return uniform ? { factor: first.factor, axisIsScaled: false } : { factor: 1, axisIsScaled: true };
}

function laneOf(dot: PlaneDot): PlacedDot['lane'] {
  if (dot.lr === null || !(dot.lr > 0) || dot.wd === null || !(dot.wd >= 0)) return 'unknown';
  return dot.wd === 0 ? 'zero' : 'plane';
}

function laneKinds(dots: readonly PlaneDot[], zeroLane: boolean): Lane['kind'][] {
  const found = new Set(dots.map(laneOf));
  return (['zero', 'unknown'] as const).filter((kind) => found.has(kind) || (kind === 'zero' && zeroLane));
}

/** The dots' extent with a quarter decade around it, at least a decade wide each way, and never less than `shown`. */
export function planeDomain(
  points: readonly { readonly x: number | null; readonly wd: number | null }[],
  shown: PlaneDomain | null,
): PlaneDomain {
  const extent = (values: readonly (number | null)[], wanted: readonly [number, number] | undefined): [number, number] => {
    const logs = values.filter((v): v is number => v !== null && v > 0 && Number.isFinite(v)).map(Math.log10);
    const low = logs.reduce((a, b) => Math.min(a, b), Infinity);
    const high = logs.reduce((a, b) => Math.max(a, b), -Infinity);
    if (low > high) return wanted === undefined ? [1e-3, 1] : [...wanted];
    const pad = Math.max(0.25, (1 - (high - low)) / 2);
    return [Math.min(10 ** (low - pad), wanted?.[0] ?? Infinity), Math.max(10 ** (high + pad), wanted?.[1] ?? -Infinity)];
  };
  return {
    lr: extent(
      points.map((p) => p.x),
      shown?.lr,
    ),
    wd: extent(
      points.map((p) => p.wd),
      shown?.wd,
    ),
  };
}

/** Area proportional to the logarithm of the time would hide the law; the radius grows as T^(1/3), within bounds. */
function radiusRule(dots: readonly PlaneDot[], sizeBy: PlaneOptions['sizeBy']): (dot: PlaneDot) => number {
  if (sizeBy === 'same') return () => dotRadius;
  const times = dots.map((dot) => dot.relaxationTime?.value ?? NaN).filter((t) => t > 0);
  const longest = times.reduce((a, b) => Math.max(a, b), 0);
  return (dot) => {
    const time = dot.relaxationTime?.value ?? NaN;
    if (!(time > 0)) return dotRadius * 0.7;
    return Math.max(smallestRadius, largestRadius * Math.cbrt(time / longest));
  };
}

/** 1, 2, 5 in every decade; labelled as far as there is room. */
function logTicks(domain: readonly [number, number], scale: (value: number) => number, room: number): Tick[] {
  const ticks: Tick[] = [];
  const decades = Math.log10(domain[1] / domain[0]);
  const mantissas = decades * 3 <= room ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, room)));
  for (let power = Math.floor(Math.log10(domain[0])); power <= Math.ceil(Math.log10(domain[1])); power++) {
    for (const mantissa of [1, 2, 5]) {
      const value = Number(`${mantissa}e${power}`);
      if (value < domain[0] || value > domain[1]) continue;
      const labelled = mantissas.includes(mantissa) && (mantissa !== 1 || power % stride === 0);
      ticks.push({ value, position: scale(value), labelled });
    }
  }
  return ticks;
}

/** Lines of equal lambda_e through the area: every power of ten, and 2 and 5 between while they are few. */
function diagonals(frame: Frame, factor: number): Diagonal[] {
  const { domain } = frame;
  const low = factor * domain.lr[0] * domain.wd[0];
  const high = factor * domain.lr[1] * domain.wd[1];
  const mantissas = Math.log10(high / low) <= 4.5 ? [1, 2, 5] : [1];
  const lines: Diagonal[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const mantissa of mantissas) {
      const line = diagonalThrough(frame, factor, Number(`${mantissa}e${power}`));
      if (line !== null) lines.push({ ...line, major: mantissa === 1 });
    }
  }
  return lines;
}

/** The part of one line of equal lambda_e that lies in the area, from top left to bottom right; null when it misses it. */
export function diagonalThrough(frame: Frame, factor: number, intrinsicLr: number): Omit<Diagonal, 'major'> | null {
  const { lr, wd } = frame.domain;
  const product = intrinsicLr / factor;
  const from = Math.max(lr[0], product / wd[1]);
  const to = Math.min(lr[1], product / wd[0]);
  if (!(from < to)) return null;
  const x = xScale(frame);
  const y = yScale(frame);
  return { intrinsicLr, x1: x(from), y1: y(product / from), x2: x(to), y2: y(product / to) };
}

/** Outline of the band between two lines of equal lambda_e within the area, as an SVG path; empty when it misses it. */
export function bandPath(layout: Pick<PlaneLayout, 'area' | 'domain' | 'factor'>, from: number, to: number): string {
  const { area, factor } = layout;
  const x = xScale(layout);
  const y = yScale(layout);
  const samples = 40;
  const edge = (intrinsicLr: number): string[] =>
    Array.from({ length: samples + 1 }, (_, i) => {
      const px = area.left + ((area.right - area.left) * i) / samples;
      const py = y(intrinsicLr / factor / x.invert(px));
      return `${px.toFixed(1)},${Math.min(area.bottom, Math.max(area.top, py)).toFixed(1)}`;
    });
  if (!(from > 0 && to > 0)) return '';
  return `M${edge(Math.min(from, to)).join('L')}L${edge(Math.max(from, to)).reverse().join('L')}Z`;
}

/** lambda_e of the line of equal lambda_e through a pixel. */
export function intrinsicLrAt(layout: Pick<PlaneLayout, 'area' | 'domain' | 'factor'>, px: number, py: number): number {
  return layout.factor * xScale(layout).invert(px) * yScale(layout).invert(py);
}

/** Dots of one place (seeds, replicas) in a sunflower around it, in the order given. */
function fanOut(placed: readonly PlacedDot[]): PlacedDot[] {
  const groups = new Map<string, number>();
  const goldenAngle = Math.PI * (3 - Math.sqrt(5));
  const counts = new Map<string, number>();
  const key = (p: PlacedDot) => `${p.lane} ${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
  for (const p of placed) counts.set(key(p), (counts.get(key(p)) ?? 0) + 1);
  return placed.map((p) => {
    const k = key(p);
    const count = counts.get(k)!;
    if (count === 1) return p;
    const i = groups.get(k) ?? 0;
    groups.set(k, i + 1);
    // In a lane there is room to the side only.
    if (p.lane !== 'plane') return { ...p, x: p.x + i * p.radius * 1.6 };
    const distance = p.radius * 1.15 * Math.sqrt(i + 0.5);
    return { ...p, x: p.x + distance * Math.cos(i * goldenAngle), y: p.y + distance * Math.sin(i * goldenAngle) };
  });
}
