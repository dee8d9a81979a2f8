import { plainText } from '../format/plainText.ts';
import type { FigureSpec } from '../model/figure.ts';
import type { Chart } from './chart.ts';
import { compareChart } from './compareChart.ts';
import { drawChart } from './drawChart.ts';
import { equilibriumChart } from './equilibriumChart.ts';
import type { FigureData } from './figureData.ts';
import { scalingChart } from './scalingChart.ts';
import type { Scene } from './scene.ts';

/** A figure's spec with its data as a drawing. `invalid-input` when the page has no room for the type. */
export function figureScene(spec: FigureSpec, data: FigureData): Scene {
  const chart = figureChart(spec, data);
  return drawChart(chart, spec, describe(chart));
}

function figureChart({ content }: FigureSpec, data: FigureData): Chart {
  if (content.kind === 'compare' && data.kind === 'compare') return compareChart(content, data.curves);
  if (content.kind === 'scaling' && data.kind === 'scaling') return scalingChart(data.fit, content.residuals);
  if (content.kind === 'equilibrium' && data.kind === 'equilibrium')
    return equilibriumChart(data.analysis, data.prediction, content.yScale);
  throw new Error(`data of kind ${data.kind} for a figure of kind ${content.kind}`);
}

function describe(chart: Chart): string {
  const names = chart.panels.map(({ y }) => plainText(y.label)).join('; ');
  return `${names} against ${plainText(chart.x.label)}`;
}
