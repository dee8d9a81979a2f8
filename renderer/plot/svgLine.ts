import type { PlotLayout } from './layout.ts';
import { traceBand, traceLine } from './paintLines.ts';

/** Path data of a line with few points (up to some thousands), for marks that CSS colours. Breaks as traceLine does. */
export function svgLine(xs: ArrayLike<number>, ys: ArrayLike<number>, layout: PlotLayout): string {
  const pen = new PathPen();
  traceLine(pen, xs, ys, layout);
  return pen.data;
}

/** Path data of the band between `low` and `high`. */
export function svgBand(xs: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>, layout: PlotLayout): string {
  const pen = new PathPen();
  traceBand(pen, xs, low, high, layout);
  return pen.data;
}

/** Stands for a 2D context and writes the path down, to a tenth of a pixel. */
class PathPen {
  data = '';

  beginPath(): void {
    this.data = '';
  }

  moveTo(x: number, y: number): void {
    this.data += `M${x.toFixed(1)},${y.toFixed(1)}`;
  }

  lineTo(x: number, y: number): void {
    this.data += `L${x.toFixed(1)},${y.toFixed(1)}`;
  }

  closePath(): void {
    this.data += 'Z';
  }
}
