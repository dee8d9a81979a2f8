import type { LegendEntry } from './chart.ts';
import { drawRow } from './drawLegend.ts';
import { rowHeight } from './legendRows.ts';
import type { Box, SceneNode } from './scene.ts';

/** Labels beside the ends of their lines, moved apart where they would touch. `y` gives the height of each line's end. */
export function drawDirectLabels(
  entries: readonly LegendEntry[],
  ends: readonly number[],
  box: Box,
  sizePt: number,
): SceneNode[] {
  const middles = spread(ends, rowHeight * sizePt, box.y, box.y + box.height);
  return entries.flatMap((entry, i) => drawRow(entry, box.x, middles[i]!, sizePt, box.width));
}

/**
 * Places as near as may be to `wanted` (ascending), at least `distance` apart, the first not above `top` and, as far as
 * there is room, the last not below `bottom`. Neighbours that touch are moved as one block about their mean (isotonic
 * regression by pooling adjacent violators).
 */
export function spread(wanted: readonly number[], distance: number, top: number, bottom: number): number[] {
  const blocks: { sum: number; count: number; start: number }[] = [];
  wanted.forEach((place, i) => {
    // In places less i distances, the order is the only condition left.
    blocks.push({ sum: place - i * distance, count: 1, start: i });
    for (let last = blocks.at(-1)!, before = blocks.at(-2); before !== undefined; last = blocks.at(-1)!, before = blocks.at(-2)) {
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count, start: before.start });
    }
  });
  const highest = bottom - (wanted.length - 1) * distance;
  return blocks.flatMap(({ sum, count, start }) => {
    const base = Math.max(Math.min(sum / count, highest), top);
    return Array.from({ length: count }, (_, i) => base + (start + i) * distance);
  });
}
