import type { ScaleInvariantGroup } from '../../shared/model/run.ts';
import { intrinsicLearningRate } from '../../shared/theory/intrinsicLearningRate.ts';
import type { GroupProducts, Optimizer, StepResult } from './engines/program.ts';

/** Receives one point of one series. */
export type Record = (metric: string, step: number, value: number) => void;

const sumOf = (groups: readonly GroupProducts[], key: keyof GroupProducts): number =>
  groups.reduce((sum, products) => sum + (products[key] ?? 0), 0);

/**
 * Angle in radians between the weights before and after w' = a w - lr v. From the part of v across w, since the arc cosine of
 * <w, w'>/(|w||w'|) would lose small angles to rounding. a = 1 with coupled weight decay (it is in v), else 1 - lr wd.
 */
function angle(ww: number, vv: number, wv: number, lr: number, wd: number, coupled: boolean): number {
  const across = Math.sqrt(Math.max(0, vv - (wv * wv) / ww));
  const along = (coupled ? 1 : 1 - lr * wd) * Math.sqrt(ww) - (lr * wv) / Math.sqrt(ww);
  return Math.atan2(lr * across, along);
}

/**
 * The metrics of one measured step, all of the state before its update; names and meanings in shared/model/metrics.ts. Those of
 * scale-invariant weights are left out when the network has none.
 */
export function recordStep(
  { step, lr, wd, loss, accuracy, groups }: StepResult,
  { momentum, weightDecayMode }: Optimizer,
  named: readonly ScaleInvariantGroup[],
  logGroups: boolean,
  record: Record,
): void {
  const put = (metric: string, value: number): void => record(metric, step, value);
  put('train/loss', loss);
  put('train/accuracy', accuracy);
  put('lr', lr);
  put('wd', wd);
  put('intrinsic_lr', intrinsicLearningRate(lr, wd, momentum, weightDecayMode));
  if (!groups || groups.length === 0) return;

  const coupled = weightDecayMode === 'coupled';
  const [ww, gg, wg] = [sumOf(groups, 'ww'), sumOf(groups, 'gg'), sumOf(groups, 'wg')];
  // Without momentum the velocity is the gradient, plus the weight decay where that is coupled.
  const decay = coupled ? wd : 0;
  const vv = momentum > 0 ? sumOf(groups, 'vv') : gg + 2 * decay * wg + decay * decay * ww;
  const wv = momentum > 0 ? sumOf(groups, 'wv') : wg + decay * ww;
  const reach = coupled ? (1 - momentum) / lr : 1 / lr;
  put('si/norm2', ww);
  put('si/grad2', gg);
  put('si/eff_lr', lr / ww);
  put('si/gamma', (ww * reach) ** 2);
  put('si/angle', angle(ww, vv, wv, lr, wd, coupled));
  if (groups[0]!.dd !== null) put('si/tr_sigma', (ww * sumOf(groups, 'dd')) / 2);
  if (!logGroups) return;
  groups.forEach((products, i) => {
    put(`si/${named[i]!.name}/norm2`, products.ww);
    put(`si/${named[i]!.name}/grad2`, products.gg);
  });
}
