import { traceBand, traceLine } from '../../plot/paintLines.ts';
import type { PlotLayout } from '../../plot/layout.ts';
import type { Line } from './lines.ts';

const bandOpacity = 0.18;
const rawOpacity = 0.25;
const dimmedOpacity = 0.3;
/** Single points further apart than this are shown as dots, so that a short series is not lost between pixels. */
const dotSpacingPx = 24;

/** Bands of reduced series, then raw lines behind smoothed ones, then the lines; the highlighted run last and stronger. */
export function paintCompare(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  layout: PlotLayout,
  colorOf: (line: Line) => string,
  highlighted: string,
): void {
  context.lineJoin = 'round';
  const inOrder = [...lines].sort((a, b) => Number(a.run.id === highlighted) - Number(b.run.id === highlighted));
  const dims = highlighted !== '' && lines.some((line) => line.run.id === highlighted);
  for (const line of inOrder) {
    const color = colorOf(line);
    const strong = line.run.id === highlighted;
    const opacity = dims && !strong ? dimmedOpacity : 1;
    const smoothed = line.ys !== line.raw;
    context.fillStyle = color;
    context.strokeStyle = color;
    if (line.low !== null && line.high !== null) {
      context.globalAlpha = bandOpacity * opacity;
      traceBand(context, line.xs, line.low, line.high, layout);
      context.fill();
    }
    if (smoothed) {
      context.globalAlpha = rawOpacity * opacity;
      context.lineWidth = 1;
      traceLine(context, line.xs, line.raw, layout);
      context.stroke();
    }
    context.globalAlpha = opacity;
    context.lineWidth = strong ? 2 : isCrowded(line, layout) ? 1 : 1.5;
    traceLine(context, line.xs, line.ys, layout);
    context.stroke();
    paintDots(context, line, layout);
  }
  context.globalAlpha = 1;
}

/** More entries than pixels: a thinner line keeps some of the texture of the noise. */
function isCrowded({ xs }: Line, { area }: PlotLayout): boolean {
  return xs.length > 2 * (area.right - area.left);
}

function paintDots(context: CanvasRenderingContext2D, line: Line, layout: PlotLayout): void {
  const { xs, ys } = line;
  const inSight = xs.reduce((count, x) => count + Number(x >= layout.x.domain[0] && x <= layout.x.domain[1]), 0);
  if (inSight * dotSpacingPx > layout.area.right - layout.area.left) return;
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [layout.x(xs[i]!), layout.y(ys[i]!)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    context.beginPath();
    context.arc(x, y, 2.25, 0, 2 * Math.PI);
    context.fill();
  }
}
