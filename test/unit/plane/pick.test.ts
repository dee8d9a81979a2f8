import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlaneDot } from '../../../renderer/plane/dot.ts';
import { layoutPlane, type PlacedDot } from '../../../renderer/plane/layout.ts';
import {
  dotAt,
  dotsInRectangle,
  dotsOnDiagonal,
  inReadingOrder,
  neighbour,
  snap,
  snapStep,
  valuesAt,
} from '../../../renderer/plane/pick.ts';

function dot(id: string, lr: number, wd: number): PlaneDot {
  return {
    id,
    name: id,
    lr,
    wd,
    intrinsicLr: lr * wd,
    factor: 1,
    state: 'reached',
    progress: null,
    relaxationTime: null,
    seed: 0,
  };
}

const options = { sizeBy: 'same', domain: null, zeroLane: false, factor: 1 } as const;
const lrs = [0.05, 0.1, 0.2];
const wds = [0.01, 0.02, 0.04];
const layout = layoutPlane(
  wds.flatMap((wd) => lrs.map((lr) => dot(`${lr}/${wd}`, lr, wd))),
  { width: 700, height: 500 },
  options,
);
const at = (id: string): PlacedDot => layout.dots.find((d) => d.dot.id === id)!;
const ids = (dots: readonly PlacedDot[]) => dots.map((d) => d.dot.id).sort();

describe('picking with the mouse', () => {
  test('the dot under the pointer is found, and none where there is none', () => {
    const target = at('0.1/0.02');
    expect(dotAt(layout.dots, target.x + 4, target.y - 3, 6)?.dot.id).toBe('0.1/0.02');
    expect(dotAt(layout.dots, target.x + 40, target.y + 30, 6)).toBeNull();
  });

  test('a rectangle drawn in any direction takes the dots in it', () => {
    const a = at('0.05/0.01');
    const b = at('0.1/0.02');
    const wanted = ['0.05/0.01', '0.05/0.02', '0.1/0.01', '0.1/0.02'];
    expect(ids(dotsInRectangle(layout.dots, { x1: a.x - 1, y1: a.y + 1, x2: b.x + 1, y2: b.y - 1 }))).toEqual(wanted);
    expect(ids(dotsInRectangle(layout.dots, { x1: b.x + 1, y1: b.y - 1, x2: a.x - 1, y2: a.y + 1 }))).toEqual(wanted);
  });

  test('a diagonal takes the dots of its intrinsic LR and no others', () => {
    expect(ids(dotsOnDiagonal(layout.dots, 0.002, 1.2))).toEqual(['0.05/0.04', '0.1/0.02', '0.2/0.01']);
  });

  test('the values under a pixel are those whose dot would lie there', () => {
    const d = at('0.2/0.04');
    const { lr, wd } = valuesAt(layout, d.x, d.y);
    expect(lr).toBeCloseTo(0.2, 9);
    expect(wd).toBeCloseTo(0.04, 9);
  });
});

describe('walking with the arrow keys', () => {
  test('arrows go to the next column or row of a grid', () => {
    expect(neighbour(layout.dots, at('0.1/0.02'), 'right')?.dot.id).toBe('0.2/0.02');
    expect(neighbour(layout.dots, at('0.1/0.02'), 'left')?.dot.id).toBe('0.05/0.02');
    expect(neighbour(layout.dots, at('0.1/0.02'), 'up')?.dot.id).toBe('0.1/0.04');
    expect(neighbour(layout.dots, at('0.1/0.02'), 'down')?.dot.id).toBe('0.1/0.01');
  });

  test('at the edge there is no neighbour', () => {
    expect(neighbour(layout.dots, at('0.2/0.04'), 'right')).toBeNull();
    expect(neighbour(layout.dots, at('0.2/0.04'), 'up')).toBeNull();
  });

  test('every dot of a grid can be reached from every other', () => {
    const reached = new Set([layout.dots[0]!.dot.id]);
    const open = [layout.dots[0]!];
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbour(layout.dots, here, direction);
        if (next !== null && !reached.has(next.dot.id)) {
          reached.add(next.dot.id);
          open.push(next);
        }
      }
    }
    expect(reached.size).toBe(9);
  });

  test('reading order starts at the lowest learning rate and weight decay', () => {
    expect(inReadingOrder(layout.dots)[0]!.dot.id).toBe('0.05/0.01');
    expect(inReadingOrder(layout.dots).at(-1)!.dot.id).toBe('0.2/0.04');
  });
});

describe('snapping', () => {
  test.each([
    [0.104, 0.1],
    [0.13, 0.15],
    [0.026, 0.03],
    [9.5, 10],
    [6.2e-5, 7e-5],
  ])('%d is taken as %d', (value, snapped) => expect(snap(value)).toBe(snapped));

  test('a snapped value stays, and steps up and down return to it', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 3, noNaN: true }), (power) => {
        const value = snap(10 ** power);
        expect(snap(value)).toBe(value);
        expect(snapStep(value, 1)).toBeGreaterThan(value);
        expect(snapStep(value, -1)).toBeLessThan(value);
        expect(snapStep(snapStep(value, 1), -1)).toBe(value);
      }),
    );
  });

  test('what is no positive number is left alone', () => {
    expect(snap(NaN)).toBeNaN();
    expect(snap(0)).toBe(0);
  });
});
