import { csvField } from '../../shared/format/csvField.ts';
import type { Series } from '../../shared/model/series.ts';

export function csvHeader(metrics: readonly string[]): string {
  return `${['run', 'step', ...metrics].map(csvField).join(',')}\n`;
}

/**
 * Lines of one run: every step at which any of its metrics has a point, one column a metric. Numbers are the shortest
 * text that reads back as the same float64; NaN and Infinity are spelled so; no point = an empty field.
 */
export function csvLines(runId: string, columns: readonly (Series | undefined)[]): string {
  const lines: string[] = [];
  const at = columns.map(() => 0);
  for (;;) {
    let step = Infinity;
    columns.forEach((series, c) => {
      if (series !== undefined && at[c]! < series.steps.length) step = Math.min(step, series.steps[at[c]!]!);
    });
    if (step === Infinity) break;
    const fields = columns.map((series, c) => {
      if (series === undefined || series.steps[at[c]!] !== step) return '';
      return String(series.values[at[c]!++]!);
    });
    lines.push(`${csvField(runId)},${step},${fields.join(',')}\n`);
  }
  return lines.join('');
}
