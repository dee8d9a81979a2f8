import { xScale, yScale, type Diagonal, type PlacedDot, type PlaneLayout } from './layout.ts';

export interface Rectangle {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The nearest dot whose mark is within `reach` pixels of the point; null when there is none. */
export function dotAt(dots: readonly PlacedDot[], x: number, y: number, reach: number): PlacedDot | null {
  let best: PlacedDot | null = null;
  let bestDistance = Infinity;
  for (const dot of dots) {
    const distance = Math.hypot(dot.x - x, dot.y - y);
    if (distance <= dot.radius + reach && distance < bestDistance) {
      best = dot;
      bestDistance = distance;
    }
  }
  return best;
}

export function dotsInRectangle(dots: readonly PlacedDot[], { x1, y1, x2, y2 }: Rectangle): PlacedDot[] {
  const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1];
  const [top, bottom] = y1 < y2 ? [y1, y2] : [y2, y1];
  return dots.filter((dot) => dot.x >= left && dot.x <= right && dot.y >= top && dot.y <= bottom);
}

/** Dots whose lambda_e is within a factor of `tolerance` (> 1) of `intrinsicLr`. */
export function dotsOnDiagonal(dots: readonly PlacedDot[], intrinsicLr: number, tolerance: number): PlacedDot[] {
  const reach = Math.log(tolerance);
  return dots.filter(({ dot }) => {
    if (dot.intrinsicLr === null || !(dot.intrinsicLr > 0)) return false;
    return Math.abs(Math.log(dot.intrinsicLr / intrinsicLr)) <= reach;
  });
}

/** The drawn line of equal lambda_e within `reach` pixels of the point; null when there is none. */
export function diagonalAt(layout: PlaneLayout, x: number, y: number, reach: number): Diagonal | null {
  let best: Diagonal | null = null;
  let bestDistance = reach;
  for (const line of layout.diagonals) {
    const length = Math.hypot(line.x2 - line.x1, line.y2 - line.y1);
    const across = (x - line.x1) * (line.y2 - line.y1) - (y - line.y1) * (line.x2 - line.x1);
    const inside = x >= line.x1 && x <= line.x2;
    const distance = Math.abs(across) / length;
    if (inside && distance <= bestDistance) {
      best = line;
      bestDistance = distance;
    }
  }
  return best;
}

/** Dots whose lambda_e lies between the two, in either order. */
export function dotsBetweenDiagonals(dots: readonly PlacedDot[], from: number, to: number): PlacedDot[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  return dots.filter(({ dot }) => dot.intrinsicLr !== null && dot.intrinsicLr >= low && dot.intrinsicLr <= high);
}

type Direction = 'left' | 'right' | 'up' | 'down';

/** By the name of the key. */
export const directionOf: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * The dot an arrow key goes to: the nearest one within 60 degrees of the direction, where distance across it counts twice.
 * Dots on one spot are visited in order by left and right. Null at the edge.
 */
export function neighbour(dots: readonly PlacedDot[], from: PlacedDot, direction: Direction): PlacedDot | null {
  const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [number, number];
  let best: PlacedDot | null = null;
  let bestCost = Infinity;
  for (const dot of dots) {
    if (dot.dot.id === from.dot.id) continue;
    const along = (dot.x - from.x) * dx + (dot.y - from.y) * dy;
    const across = Math.abs((dot.x - from.x) * dy) + Math.abs((dot.y - from.y) * dx);
    if (!(along > 0.01) || across > along * Math.sqrt(3)) continue;
    const cost = along + 2 * across;
    if (cost < bestCost) {
      best = dot;
      bestCost = cost;
    }
  }
  return best;
}

/** Where Home and End go: by learning rate, then from the bottom up. */
export function inReadingOrder(dots: readonly PlacedDot[]): PlacedDot[] {
  return [...dots].sort((a, b) => a.x - b.x || b.y - a.y);
}

/** Learning rate (as on the axis) and weight decay under a pixel. */
export function valuesAt(layout: PlaneLayout, x: number, y: number): { readonly lr: number; readonly wd: number } {
  const { area } = layout;
  const inside = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    lr: xScale(layout).invert(inside(x, area.left, area.right)),
    wd: yScale(layout).invert(inside(y, area.top, area.bottom)),
  };
}

/** The nearest of 1, 1.5, 2, 3, 5, 7 x 10^k in logarithm: what a hand on a log axis means. */
export function snap(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value;
  const power = Math.floor(Math.log10(value));
  const candidates = [power, power + 1].flatMap((p) => [1, 1.5, 2, 3, 5, 7].map((m) => Number(`${m}e${p}`)));
  const distance = (c: number) => Math.abs(Math.log(c / value));
  return candidates.reduce((best, c) => (distance(c) < distance(best) ? c : best));
}

/** The next value of that series up (+1) or down (-1). */
export function snapStep(value: number, direction: 1 | -1): number {
  const here = snap(value);
  for (const push of [1.1, 1.2, 1.3, 1.5]) {
    const next = snap(here * (direction === 1 ? push : 1 / push));
    if (next !== here) return next;
  }
  return here;
}
