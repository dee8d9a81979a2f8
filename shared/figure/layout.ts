import { EtalonError } from '../model/errors.ts';
import type { FigureSpec } from '../model/figure.ts';
import { axisTicks, type AxisTicks } from './axisTicks.ts';
import type { Chart, Mark, Panel } from './chart.ts';
import { extend, paddedDomain, type Extent } from './domain.ts';
import { legendSize } from './legendRows.ts';
import { pageOf, type Page } from './page.ts';
import { projection, type Projection } from './projection.ts';
import type { Box } from './scene.ts';
import { textWidth } from './textWidth.ts';

export interface PanelLayout {
  readonly panel: Panel;
  readonly box: Box;
  readonly y: Projection;
  readonly ticks: AxisTicks;
  /** Nothing that the axes can show. */
  readonly empty: boolean;
}

export interface Layout {
  readonly page: Page;
  readonly x: Projection;
  readonly xTicks: AxisTicks;
  readonly panels: readonly PanelLayout[];
  /** Right of the panels; null when the legend is not there. */
  readonly legendBox: Box | null;
}

/** Gives every part of a figure its place; refuses a page too small for its type. */
export function layOut(chart: Chart, spec: FigureSpec): Layout {
  const page = pageOf(spec);
  const { width, height, margin, titleSize, labelSize, tickSize, tickLength } = page;
  const titleHeight = spec.title === '' ? 0 : titleSize * 1.5;
  const bottom = margin + labelSize * 1.3 + tickSize * 1.2 + tickLength + 2;

  const drafts = chart.panels.map((panel) => {
    const extent = yExtent(panel, chart);
    const domain = panel.y.range ?? paddedDomain(extent, panel.y.scale, 0.05);
    return { panel, domain, empty: extent === null };
  });
  const gap = labelSize * 1.2;
  const top = margin + titleHeight + tickSize * 0.5;
  const weights = drafts.reduce((sum, { panel }) => sum + panel.weight, 0);
  const available = height - top - bottom - gap * (drafts.length - 1);

  const rows = drafts.map((draft) => {
    const panelHeight = (available * draft.panel.weight) / weights;
    const ticks = axisTicks(draft.panel.y.scale, draft.domain, Math.max(2, Math.floor(panelHeight / (tickSize * 2.4))));
    return { ...draft, panelHeight, ticks };
  });
  // The power of ten of a linear axis stands above its end.
  const raised = rows.some(({ ticks }) => ticks.exponent !== null) ? tickSize * 1.1 : 0;
  const labelWidth = Math.max(0, ...rows.flatMap(({ ticks }) => ticks.labels.map((label) => textWidth(label, tickSize))));
  const left = margin + labelSize * 1.45 + labelWidth + tickLength + 2;
  const legendWidth = spec.legend === 'right' ? Math.min(legendSize(chart.legend, page.legendSize).width, width * 0.4) : 0;
  const legendSpace = legendWidth === 0 ? 0 : legendWidth + labelSize * 0.9;

  const xDomain = chart.x.range ?? paddedDomain(xExtent(chart), chart.x.scale, chart.x.scale === 'log' ? 0.05 : 0);
  const draftWidth = width - left - margin - legendSpace;
  const firstTicks = fittingTicks(chart, xDomain, draftWidth, tickSize);
  const overhang = legendSpace > 0 ? 0 : labelOverhang(chart, xDomain, firstTicks, draftWidth, tickSize);
  const panelWidth = draftWidth - overhang;
  const smallest = 2 * tickSize;
  if (!(panelWidth >= smallest) || !rows.every(({ panelHeight }) => panelHeight - raised / rows.length >= smallest)) {
    throw tooSmall(spec);
  }
  let y = top + raised;
  const shrink = raised / rows.length;
  const panels = rows.map(({ panel, domain, ticks, panelHeight, empty }): PanelLayout => {
    const box = { x: left, y, width: panelWidth, height: panelHeight - shrink };
    y += box.height + gap;
    return { panel, box, ticks, empty, y: projection(panel.y.scale, domain, [box.y + box.height, box.y]) };
  });
  return {
    page,
    panels,
    x: projection(chart.x.scale, xDomain, [left, left + panelWidth]),
    xTicks: fittingTicks(chart, xDomain, panelWidth, tickSize),
    legendBox:
      legendWidth === 0
        ? null
        : { x: width - margin - legendWidth, y: top + raised, width: legendWidth, height: height - bottom - top - raised },
  };
}

function tooSmall({ widthMm, heightMm, fontSizePt }: FigureSpec): EtalonError {
  const message = `${widthMm} mm × ${heightMm} mm leaves no room for the axes beside their labels at ${fontSizePt} pt; make the figure larger or its type smaller`;
  const issues = [{ path: 'spec.fontSizePt', message, received: String(fontSizePt) }];
  return new EtalonError('invalid-input', `spec.fontSizePt: ${message}.`, { issues });
}

/** As many ticks as stand beside each other without touching. */
function fittingTicks(chart: Chart, domain: Extent, width: number, tickSize: number): AxisTicks {
  const place = projection(chart.x.scale, domain, [0, width]);
  for (let count = Math.max(2, Math.floor(width / (tickSize * 3.5))); ; count--) {
    const ticks = axisTicks(chart.x.scale, domain, count);
    const fits = ticks.labels.every((label, i) => {
      const next = ticks.labels[i + 1];
      if (next === undefined) return true;
      const distance = place(ticks.major[i + 1]!) - place(ticks.major[i]!);
      return (textWidth(label, tickSize) + textWidth(next, tickSize)) / 2 + tickSize * 0.8 <= distance;
    });
    if (fits || count <= 1) return ticks;
  }
}

/** How far the last label would reach beyond the page's margin. */
function labelOverhang(chart: Chart, domain: Extent, ticks: AxisTicks, width: number, tickSize: number): number {
  const last = ticks.labels.at(-1);
  if (last === undefined) return 0;
  const place = projection(chart.x.scale, domain, [0, width]);
  return Math.max(0, place(ticks.major.at(-1)!) + textWidth(last, tickSize) / 2 - width);
}

function xExtent(chart: Chart): Extent | null {
  return chart.panels
    .flatMap(({ marks }) => marks)
    .reduce<Extent | null>((extent, mark) => (mark.kind === 'rule' ? extent : extend(extent, mark.x, chart.x.scale)), null);
}

/** Extent of what is drawn within the visible part of the x axis. */
function yExtent({ y, marks }: Panel, { x }: Chart): Extent | null {
  let extent: Extent | null = null;
  for (const mark of marks) {
    if (mark.kind === 'rule') continue;
    const visible = x.range === null && x.scale === 'linear' ? null : visibleIndices(mark.x, x.range, x.scale === 'log');
    for (const values of yValues(mark))
      extent = extend(extent, visible === null ? values : visible.map((i) => values[i]!), y.scale);
  }
  return extent;
}

function visibleIndices(x: ArrayLike<number>, range: readonly [number, number] | null, positive: boolean): number[] {
  const [low, high] = range ?? [-Infinity, Infinity];
  return Array.from({ length: x.length }, (_, i) => i).filter((i) => x[i]! >= low && x[i]! <= high && (!positive || x[i]! > 0));
}

function yValues(mark: Exclude<Mark, { kind: 'rule' }>): ArrayLike<number>[] {
  return mark.kind === 'band' || mark.kind === 'intervals' ? [mark.low, mark.high] : [mark.y];
}
