import { describe, expect, test } from 'vitest';
import type { PlaneDot } from '../../../renderer/plane/dot.ts';
import { diagonalThrough, dotRadius, layoutPlane, planeDomain, xScale, yScale } from '../../../renderer/plane/layout.ts';

const size = { width: 600, height: 400 };
const plain = { sizeBy: 'same', domain: null, zeroLane: false, factor: 1 } as const;

function dot(id: string, lr: number | null, wd: number | null, more: Partial<PlaneDot> = {}): PlaneDot {
  const factor = more.factor ?? 1;
  return {
    id,
    name: id,
    lr,
    wd,
    intrinsicLr: lr === null || wd === null ? null : lr * wd * factor,
    factor,
    state: 'reached',
    progress: null,
    relaxationTime: null,
    seed: 0,
    ...more,
  };
}

describe('where dots lie', () => {
  test('equal ratios are equal distances on both axes', () => {
    const { dots } = layoutPlane([dot('a', 0.01, 0.001), dot('b', 0.1, 0.01), dot('c', 1, 0.1)], size, plain);
    const [a, b, c] = dots;
    expect(b!.x - a!.x).toBeCloseTo(c!.x - b!.x, 9);
    expect(a!.y - b!.y).toBeCloseTo(b!.y - c!.y, 9);
    expect(b!.x).toBeGreaterThan(a!.x);
    expect(b!.y).toBeLessThan(a!.y);
  });

  test('all dots lie inside the area', () => {
    const layout = layoutPlane([dot('a', 1e-6, 1e-5), dot('b', 10, 0.09)], size, plain);
    for (const d of layout.dots) {
      expect(d.x).toBeGreaterThan(layout.area.left);
      expect(d.x).toBeLessThan(layout.area.right);
      expect(d.y).toBeGreaterThan(layout.area.top);
      expect(d.y).toBeLessThan(layout.area.bottom);
    }
  });

  test('dots of one equal intrinsic LR lie on its diagonal', () => {
    const dots = [dot('a', 0.05, 0.04), dot('b', 0.1, 0.02), dot('c', 0.4, 0.005)];
    const layout = layoutPlane(dots, size, plain);
    const line = diagonalThrough(layout, 1, 0.002)!;
    for (const d of layout.dots) {
      const onLine = line.y1 + ((d.x - line.x1) / (line.x2 - line.x1)) * (line.y2 - line.y1);
      expect(d.y).toBeCloseTo(onLine, 6);
    }
  });

  test('a common momentum shifts the diagonals and leaves the axis as it is', () => {
    const layout = layoutPlane([dot('a', 0.1, 0.01, { factor: 10 }), dot('b', 0.2, 0.01, { factor: 10 })], size, plain);
    expect(layout.axisIsScaled).toBe(false);
    expect(layout.factor).toBe(10);
    expect(layout.dots[0]!.x).toBeCloseTo(xScale(layout)(0.1), 9);
    const line = diagonalThrough(layout, layout.factor, 0.01)!;
    const onLine = line.y1 + ((layout.dots[0]!.x - line.x1) / (line.x2 - line.x1)) * (line.y2 - line.y1);
    expect(layout.dots[0]!.y).toBeCloseTo(onLine, 6);
  });

  test('mixed momenta put lr/(1 - momentum) on the axis, so that equal intrinsic LRs still share a diagonal', () => {
    const layout = layoutPlane([dot('a', 0.01, 0.02, { factor: 10 }), dot('b', 0.1, 0.02)], size, plain);
    expect(layout.axisIsScaled).toBe(true);
    // The same place: they fan out around it.
    expect(Math.hypot(layout.dots[0]!.x - layout.dots[1]!.x, layout.dots[0]!.y - layout.dots[1]!.y)).toBeLessThan(3 * dotRadius);
  });

  test('seeds of one cell fan out without touching the neighbours of another cell', () => {
    const dots = [0, 1, 2, 3].map((i) => dot(`s${i}`, 0.1, 0.01)).concat(dot('far', 1, 0.1));
    const placed = layoutPlane(dots, size, plain).dots;
    const places = new Set(placed.slice(0, 4).map((d) => `${d.x},${d.y}`));
    expect(places.size).toBe(4);
    for (const d of placed.slice(0, 4)) expect(Math.hypot(d.x - placed[4]!.x, d.y - placed[4]!.y)).toBeGreaterThan(50);
  });
});

describe('lanes', () => {
  test('weight decay 0 and missing values get lanes under the plane and are not dropped', () => {
    const layout = layoutPlane([dot('a', 0.1, 0.01), dot('zero', 0.1, 0), dot('none', null, null)], size, plain);
    expect(layout.dots.map((d) => d.lane)).toEqual(['plane', 'zero', 'unknown']);
    expect(layout.lanes.map((l) => l.kind)).toEqual(['zero', 'unknown']);
    for (const d of layout.dots.slice(1)) expect(d.y).toBeGreaterThan(layout.area.bottom);
    expect(layout.dots[1]!.x).toBeCloseTo(layout.dots[0]!.x, 9);
  });

  test('there is no lane where nothing needs one', () => {
    expect(layoutPlane([dot('a', 0.1, 0.01)], size, plain).lanes).toEqual([]);
  });

  test('NaN and negative values go to the lane of the unknown', () => {
    const layout = layoutPlane([dot('a', NaN, 0.1), dot('b', 0.1, NaN), dot('c', -1, 0.1)], size, plain);
    expect(layout.dots.every((d) => d.lane === 'unknown' && Number.isFinite(d.x) && Number.isFinite(d.y))).toBe(true);
  });
});

describe('domain, ticks and diagonals', () => {
  test('the domain has a quarter decade around the dots and is at least a decade wide', () => {
    const wide = planeDomain(
      [
        { x: 0.01, wd: 0.01 },
        { x: 1, wd: 0.01 },
      ],
      null,
    );
    expect(Math.log10(wide.lr[0])).toBeCloseTo(-2.25, 9);
    expect(Math.log10(wide.lr[1])).toBeCloseTo(0.25, 9);
    expect(Math.log10(wide.wd[1] / wide.wd[0])).toBeCloseTo(1, 9);
  });

  test('a domain asked for is never shrunk, only grown to hold the dots', () => {
    const shown = { lr: [1e-3, 1], wd: [1e-4, 1] } as const;
    expect(planeDomain([], shown)).toEqual({ lr: [1e-3, 1], wd: [1e-4, 1] });
    expect(planeDomain([{ x: 10, wd: 1e-3 }], shown).lr[1]).toBeGreaterThan(10);
  });

  test('ticks are 1, 2 and 5 of each decade within the domain', () => {
    const layout = layoutPlane([], size, { ...plain, domain: { lr: [0.01, 1], wd: [0.001, 0.1] } });
    expect(layout.xTicks.map((t) => t.value)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
    for (const tick of layout.yTicks) expect(tick.position).toBeCloseTo(yScale(layout)(tick.value), 9);
  });

  test('every power of ten that crosses the plane has a diagonal inside the area', () => {
    const layout = layoutPlane([], size, { ...plain, domain: { lr: [0.01, 1], wd: [0.001, 0.1] } });
    expect(layout.diagonals.filter((d) => d.major).map((d) => d.intrinsicLr)).toEqual([1e-4, 1e-3, 1e-2]);
    for (const d of layout.diagonals) {
      expect(d.x1).toBeGreaterThanOrEqual(layout.area.left - 1e-6);
      expect(d.x2).toBeLessThanOrEqual(layout.area.right + 1e-6);
      expect(d.y1).toBeGreaterThanOrEqual(layout.area.top - 1e-6);
      expect(d.y2).toBeLessThanOrEqual(layout.area.bottom + 1e-6);
    }
  });
});

describe('size by relaxation time', () => {
  const time = (value: number) => ({ value, low: value, high: value, level: 0.95, method: 'test' });

  test('eight times the time is twice the radius, and the longest is the largest', () => {
    const dots = [dot('a', 0.1, 0.01, { relaxationTime: time(800) }), dot('b', 0.2, 0.02, { relaxationTime: time(100) })];
    const [a, b] = layoutPlane(dots, size, { ...plain, sizeBy: 'relaxationTime' }).dots;
    expect(a!.radius / b!.radius).toBeCloseTo(2, 9);
  });

  test('a run without a time is drawn smaller than a plain dot, not at size 0', () => {
    const [a] = layoutPlane([dot('a', 0.1, 0.01)], size, { ...plain, sizeBy: 'relaxationTime' }).dots;
    expect(a!.radius).toBeGreaterThan(0);
    expect(a!.radius).toBeLessThan(dotRadius);
  });
});
