import { scaleLinear, scaleLog } from 'd3';
import type { ScaleKind } from '../../shared/model/figure.ts';

/** A scale from data to pixels. Both domain ends are finite and differ; positive on log scales. */
export interface PlotScale {
  (value: number): number;
  readonly kind: ScaleKind;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  invert(position: number): number;
}

export function plotScale(kind: ScaleKind, domain: readonly [number, number], range: readonly [number, number]): PlotScale {
  const scale = (kind === 'log' ? scaleLog : scaleLinear)(domain, range);
  return Object.assign((value: number) => scale(value), { kind, domain, range, invert: (p: number) => scale.invert(p) });
}

/**
 * Smallest interval with all finite (on log scales: finite positive) values, with a margin of `padding` of its length
 * at each end. A single value gets room around it; no value gives [0, 1], or [1, 10] on log scales.
 */
export function paddedDomain(kind: ScaleKind, extents: Iterable<number>, padding = 0.04): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of extents) {
    if (!Number.isFinite(value) || (kind === 'log' && !(value > 0))) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return kind === 'log' ? [1, 10] : [0, 1];
  if (kind === 'log') {
    const [from, to] = [Math.log10(low), Math.log10(high)];
    const margin = to - from > 1e-9 ? (to - from) * padding : 0.3;
    return [Math.max(Number.MIN_VALUE, 10 ** (from - margin)), Math.min(Number.MAX_VALUE, 10 ** (to + margin))];
  }
  const span = high - low;
  const margin = span > 0 ? span * padding : Math.abs(low) * 0.1 || 1;
  return [Math.max(-Number.MAX_VALUE, low - margin), Math.min(Number.MAX_VALUE, high + margin)];
}

/** The domain seen when `factor` of it (below 1: zoom in) stays around `anchor`, in the scale's own measure. */
export function zoomedDomain(scale: PlotScale, anchor: number, factor: number): readonly [number, number] {
  const forward = scale.kind === 'log' ? Math.log10 : (x: number) => x;
  const backward = scale.kind === 'log' ? (x: number) => 10 ** x : (x: number) => x;
  const [low, high] = scale.domain.map(forward) as [number, number];
  const centre = forward(anchor);
  const zoomed = [backward(centre - (centre - low) * factor), backward(centre + (high - centre) * factor)] as const;
  // Beyond the resolution of numbers there is nothing to see.
  const enough = Math.abs(zoomed[1] - zoomed[0]) > 1e-12 * Math.max(Math.abs(zoomed[0]), Math.abs(zoomed[1]));
  return enough && zoomed.every(Number.isFinite) ? zoomed : scale.domain;
}
