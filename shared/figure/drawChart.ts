import { plainText } from '../format/plainText.ts';
import type { FigureSpec } from '../model/figure.ts';
import type { Chart, LegendEntry } from './chart.ts';
import { drawDirectLabels } from './directLabels.ts';
import { drawAxes, drawGrid } from './drawAxes.ts';
import { drawLegend } from './drawLegend.ts';
import { drawLine, drawMark, filled } from './drawMarks.ts';
import { fitText } from './fitText.ts';
import { layOut, type Layout, type PanelLayout } from './layout.ts';
import { legendPlace } from './legendPlace.ts';
import { linePieces } from './linePieces.ts';
import { ink } from './lineStyles.ts';
import { boxPath } from './pathData.ts';
import type { Scene, SceneNode } from './scene.ts';
import type { Polyline } from './simplifyLine.ts';
import { simplifyLines } from './simplifyLines.ts';

/** Most lines that are named at their ends instead of in a legend. */
const mostDirect = 6;

/** A chart on a page of the spec's size, as a scene. */
export function drawChart(chart: Chart, spec: FigureSpec, description: string): Scene {
  const layout = layOut(chart, spec);
  const { page } = layout;
  const { lines, simplification } = projectLines(layout);
  const nodes: SceneNode[] = [
    filled(boxPath({ x: 0, y: 0, width: page.width, height: page.height }), '#ffffff'),
    ...drawTitle(spec, layout),
    ...drawGrid(layout),
    ...layout.panels.map((panel, i) => drawPanel(panel, layout, lines[i]!)),
    ...drawAxes(chart, layout),
    ...drawLegends(chart, spec, layout, lines[0]!),
  ];
  return { widthPt: page.width, heightPt: page.height, title: spec.title, description, nodes, simplification };
}

/** The pieces of each line mark, by panel and mark; other marks have none. */
type PanelLines = readonly (readonly Polyline[])[];

function projectLines({ panels, x }: Layout): { lines: readonly PanelLines[]; simplification: Scene['simplification'] } {
  const exact = panels.map(({ panel, box, y }) =>
    panel.marks.map((mark) => (mark.kind === 'line' ? linePieces(mark.x, mark.y, x, y, box) : [])),
  );
  const { pieces, simplification } = simplifyLines(exact.flat(2));
  let next = 0;
  const lines = exact.map((marks) => marks.map((own) => own.map(() => pieces[next++]!)));
  return { lines, simplification };
}

function drawTitle(spec: FigureSpec, { page }: Layout): SceneNode[] {
  if (spec.title === '') return [];
  const whole = [{ text: spec.title }];
  // Bold type is up to a tenth wider than the widths known.
  const text = fitText(whole, page.titleSize * 1.1, page.width - 2 * page.margin);
  const y = page.margin + page.titleSize * 0.85;
  return [
    {
      kind: 'text',
      x: page.margin,
      y,
      anchor: 'start',
      text,
      sizePt: page.titleSize,
      color: ink,
      bold: true,
      ...(text !== whole && { full: spec.title }),
    },
  ];
}

function drawPanel(layout: PanelLayout, { x, page }: Layout, lines: PanelLines): SceneNode {
  const { panel, box, y, empty } = layout;
  if (empty) {
    const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, anchor: 'middle' } as const;
    const text = fitText([{ text: panel.emptyText }], page.tickSize, box.width);
    return { kind: 'text', ...place, text, sizePt: page.tickSize, color: '#6b6b6b' };
  }
  const children = panel.marks.flatMap((mark, i) =>
    mark.kind === 'line' ? drawLine(lines[i]!, mark.style) : drawMark(mark, { box, x, y }),
  );
  // Half a line width over the edges, so that a line along an axis is not cut in two.
  return { kind: 'group', clip: { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 }, children };
}

function drawLegends(chart: Chart, spec: FigureSpec, layout: Layout, lines: PanelLines): SceneNode[] {
  const { legend } = chart;
  if (spec.legend === 'none' || (legend.kind === 'entries' && legend.entries.length === 0)) return [];
  const main = layout.panels[0]!;
  const size = layout.page.legendSize;
  if (layout.legendBox !== null) {
    const direct = legend.kind === 'entries' ? directEntries(legend.entries, layout) : null;
    if (direct === null) return drawLegend(legend, layout.legendBox, size);
    return drawDirectLabels(
      direct.map(({ entry }) => entry),
      direct.map(({ y }) => y),
      layout.legendBox,
      size,
    );
  }
  const place = legendPlace(legend, main.box, [...lines.flat(), ...markPlaces(main, layout)], size);
  const pad = size * 0.3;
  const ground = { x: place.x - pad, y: place.y, width: place.width + 2 * pad, height: place.height };
  return [{ ...filled(boxPath(ground), '#ffffff'), opacity: 0.85 }, ...drawLegend(legend, place, size)];
}

/** The entries with the heights of their lines' ends, highest first; null when they are not a few single lines. */
function directEntries(
  entries: readonly LegendEntry[],
  { panels }: Layout,
): { readonly entry: LegendEntry; readonly y: number }[] | null {
  if (entries.length > mostDirect || entries.some(({ end }) => end === null)) return null;
  const { box, y: project } = panels[0]!;
  const placed = entries.map((entry) => {
    const y = project(entry.end![1]);
    return { entry, y: Number.isNaN(y) ? box.y + box.height : Math.min(Math.max(y, box.y), box.y + box.height) };
  });
  return placed.sort((a, b) => a.y - b.y);
}

/** Dots and arrows as lines of one point. */
function markPlaces({ panel, y }: PanelLayout, { x }: Layout): Polyline[] {
  return panel.marks.flatMap((mark) =>
    mark.kind === 'dots' || mark.kind === 'arrows'
      ? mark.x.map((value, i) => ({ x: Float64Array.of(x(value)), y: Float64Array.of(y(mark.y[i]!)) }))
      : [],
  );
}

export function describe(chart: Chart): string {
  const names = chart.panels.map(({ y }) => plainText(y.label)).join('; ');
  return `${names} against ${plainText(chart.x.label)}`;
}
