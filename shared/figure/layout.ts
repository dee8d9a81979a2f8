import { EtalonError } from '../model/errors.ts';
import type { FigureSpec } from '../model/figure.ts';
import { xDomain, yDomain } from './axisDomains.ts';
import { axisTicks, type AxisTicks } from './axisTicks.ts';
import type { Chart, Panel } from './chart.ts';
import { fittingTicks, labelOverhang } from './fittingTicks.ts';
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

const noTicks: AxisTicks = { major: [], minor: [], labels: [], exponent: null };

/**
 * Gives every part of a figure its place; `headroom` is the share of the first panel's height to leave free above its
 * data. Throws `invalid-input` when the page is too small for its type, or an axis range is impossible.
 */
export function layOut(chart: Chart, spec: FigureSpec, headroom: number): Layout {
  const page = pageOf(spec);
  const { width, height, margin, titleSize, labelSize, tickSize, tickLength } = page;
  const titleHeight = spec.title === '' ? 0 : titleSize * 1.5;
  const bottom = margin + labelSize * 1.3 + tickSize * 1.2 + tickLength + 2;
  const top = margin + titleHeight + tickSize * 0.5;
  const gap = labelSize * 1.2;
  const weights = chart.panels.reduce((sum, { weight }) => sum + weight, 0);
  const available = height - top - bottom - gap * (chart.panels.length - 1);

  const rows = chart.panels.map((panel, i) => {
    const { domain, empty } = yDomain(panel, chart, i === 0 ? headroom : 0);
    const panelHeight = (available * panel.weight) / weights;
    const count = Math.max(2, Math.floor(panelHeight / (tickSize * 2.8)));
    return { panel, domain, empty, panelHeight, ticks: empty ? noTicks : axisTicks(panel.y.scale, domain, count) };
  });
  // The power of ten of a linear axis stands above its end.
  const raised = rows.some(({ ticks }) => ticks.exponent !== null) ? tickSize * 1.1 : 0;
  const shrink = raised / rows.length;
  const labelWidth = Math.max(0, ...rows.flatMap(({ ticks }) => ticks.labels.map((label) => textWidth(label, tickSize))));
  const left = margin + labelSize * 1.45 + labelWidth + tickLength + 2;
  const legendWidth = spec.legend === 'right' ? Math.min(legendSize(chart.legend, page.legendSize).width, width * 0.4) : 0;
  const legendSpace = legendWidth === 0 ? 0 : legendWidth + labelSize * 0.9;

  const domain = xDomain(chart);
  const { scale } = chart.x;
  const draftWidth = width - left - margin - legendSpace;
  const draftTicks = fittingTicks(scale, domain, draftWidth, tickSize);
  const overhang = legendSpace > 0 ? 0 : labelOverhang(scale, domain, draftTicks, draftWidth, tickSize);
  const panelWidth = draftWidth - overhang;
  const smallest = 2 * tickSize;
  if (!(panelWidth >= smallest) || !rows.every(({ panelHeight }) => panelHeight - shrink >= smallest)) throw tooSmall(spec);

  let y = top + raised;
  const panels = rows.map(({ panelHeight, domain: yRange, ...row }): PanelLayout => {
    const box = { x: left, y, width: panelWidth, height: panelHeight - shrink };
    y += box.height + gap;
    return { ...row, box, y: projection(row.panel.y.scale, yRange, [box.y + box.height, box.y]) };
  });
  const legendBox = {
    x: width - margin - legendWidth,
    y: top + raised,
    width: legendWidth,
    height: height - bottom - top - raised,
  };
  const nothing = rows.every(({ empty }) => empty);
  return {
    page,
    panels,
    x: projection(scale, domain, [left, left + panelWidth]),
    xTicks: nothing ? noTicks : fittingTicks(scale, domain, panelWidth, tickSize),
    legendBox: legendWidth === 0 ? null : legendBox,
  };
}

function tooSmall({ widthMm, heightMm, fontSizePt }: FigureSpec): EtalonError {
  const message = `${widthMm} mm × ${heightMm} mm leaves no room for the axes beside their labels at ${fontSizePt} pt; make the figure larger or its type smaller`;
  const issues = [{ path: 'spec.fontSizePt', message, received: String(fontSizePt) }];
  return new EtalonError('invalid-input', `spec.fontSizePt: ${message}.`, { issues });
}
