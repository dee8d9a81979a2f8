import { mathText } from '../format/mathText.ts';
import type { RichText } from '../format/richText.ts';
import type { XAxisKind } from '../model/figure.ts';
import { metricInfo, type MetricInfo } from '../model/metrics.ts';

export const xAxisLabels: Readonly<Record<XAxisKind, RichText>> = {
  step: [{ text: 'Step' }],
  epoch: [{ text: 'Epoch' }],
  wall: [{ text: 'Training time (s)' }],
  scaled: [{ text: 'Intrinsic LR × step, ' }, ...mathText('λₑt')],
};

/** Words and symbol of a metric; the name itself for one that Etalon does not know. */
export function metricLabel(metric: string): RichText {
  const info = (metricInfo as Readonly<Record<string, MetricInfo>>)[metric];
  if (info === undefined) return [{ text: metric }];
  const symbol = mathText(info.symbol);
  if (info.label === info.symbol) return symbol;
  // Abbreviations such as acc say nothing that the words do not.
  const isWord = /^[a-zA-Z]+$/.test(info.symbol);
  return isWord ? [{ text: info.label }] : [{ text: `${info.label}, ` }, ...symbol];
}
