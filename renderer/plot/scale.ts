import { scaleLinear, scaleLog } from 'd3';
import { paddedDomain as padExtent } from '../../shared/figure/domain.ts';
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

/** Interval that shows all the values an axis of this kind can show, with a margin at both ends (a share of its length). */
export function paddedDomain(kind: ScaleKind, values: Iterable<number>, margin = 0.04): readonly [number, number] {
  const usable = kind === 'log' ? (value: number) => value > 0 && value < Infinity : Number.isFinite;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!usable(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return padExtent(low <= high ? [low, high] : null, kind, margin);
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
