import { formatEstimate } from '../../shared/format/estimate.ts';
import { formatNumber } from '../../shared/format/number.ts';
import { plainText } from '../../shared/format/plainText.ts';
import { dotStateNames, type PlaneDot } from './dot.ts';

/** A dot read out: name, what it is, values. */
export function dotSentence(dot: PlaneDot): string {
  const number = (value: number | null) => (value === null ? 'unknown' : plainText(formatNumber(value, { digits: 3 })));
  const parts = [
    dot.name,
    dotStateNames[dot.state],
    `learning rate ${number(dot.lr)}`,
    `weight decay ${number(dot.wd)}`,
    `intrinsic learning rate ${number(dot.intrinsicLr)}`,
  ];
  if (dot.relaxationTime !== null) parts.push(`relaxation time ${plainText(formatEstimate(dot.relaxationTime))} steps`);
  if (dot.progress !== null && (dot.state === 'running' || dot.state === 'paused')) {
    parts.push(`${Math.round(dot.progress * 100)} percent done`);
  }
  return parts.join(', ');
}
