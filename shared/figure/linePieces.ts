import type { Projection } from './projection.ts';
import type { Box } from './scene.ts';
import type { Polyline } from './simplifyLine.ts';

/** Farther out than this (points) nothing of a line is seen; keeps diverged values from making endless numbers. */
const reach = 5000;

/**
 * A line in points, in pieces between its gaps: where x or y cannot be shown. What lies left or right of the box is left
 * out but for the neighbours of what is inside. A single point between gaps is a piece of length one.
 */
export function linePieces(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  projectX: Projection,
  projectY: Projection,
  box: Box,
): Polyline[] {
  const pieces: Polyline[] = [];
  let xs: number[] = [];
  let ys: number[] = [];
  const end = (): void => {
    if (xs.length > 0) pieces.push({ x: Float64Array.from(xs), y: Float64Array.from(ys) });
    xs = [];
    ys = [];
  };
  for (let i = 0; i < x.length; i++) {
    const px = projectX(x[i]!);
    const py = projectY(y[i]!);
    if (Number.isNaN(px) || Number.isNaN(py)) {
      end();
      continue;
    }
    // Only the last point before the box is needed, and the first after it.
    if (xs.length > 0 && xs.at(-1)! < box.x && px < box.x) {
      xs.pop();
      ys.pop();
    }
    if (xs.length > 0 && xs.at(-1)! > box.x + box.width) continue;
    xs.push(Math.min(Math.max(px, box.x - reach), box.x + box.width + reach));
    ys.push(Math.min(Math.max(py, box.y - reach), box.y + box.height + reach));
  }
  end();
  return pieces;
}
