import { EtalonError } from '../model/errors.ts';
import type { FactorSchedule, ScheduleConfig } from '../model/trainingConfig.ts';
import { parseScheduleLabel } from './parseScheduleLabel.ts';

function factorAt(schedule: FactorSchedule, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'steps':
      return schedule.factor ** schedule.at.filter((at) => step >= at).length;
    case 'cosine': {
      const { from, to, floor } = schedule;
      if (!(to > from)) {
        const message = 'must be greater than "from"';
        throw new EtalonError('invalid-input', `schedule: "to" of a cosine ${message} (${from}); got ${to}`, {
          issues: [{ path: 'schedule', message: `"to" of a cosine ${message}`, received: String(to) }],
        });
      }
      const share = Math.min(1, Math.max(0, (step - from) / (to - from)));
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * share))) / 2;
    }
    case 'exponential':
      return schedule.growthPerStep ** step;
  }
}

/**
 * Learning rate and weight decay of one step (counted from 0).
 *
 * `steps` multiplies by its factor from each listed step on; `cosine` falls from 1 to `floor` between `from` and `to`;
 * `exponential` is growthPerStep^step. Warm-up multiplies LR by (step + 1) / warmupSteps: it rises from 0 but never is 0,
 * which would make gamma = |w|^4 / lr^2 infinite. A label divides from the first step of each of its epochs on.
 * Throws `invalid-input` for a label that does not parse and for a cosine that ends before it begins.
 */
export function scheduleAt(
  config: ScheduleConfig,
  baseLr: number,
  baseWd: number,
  step: number,
  stepsPerEpoch: number,
): { lr: number; wd: number } {
  if (config.kind === 'label') {
    const { lrEpochs, wdEpochs } = parseScheduleLabel(config.label);
    const passed = (epochs: readonly number[]): number => epochs.filter((epoch) => step >= epoch * stepsPerEpoch).length;
    return { lr: baseLr / config.divisor ** passed(lrEpochs), wd: baseWd / config.divisor ** passed(wdEpochs) };
  }
  const warmup = step < config.warmupSteps ? (step + 1) / config.warmupSteps : 1;
  return { lr: baseLr * warmup * factorAt(config.lr, step), wd: baseWd * factorAt(config.wd, step) };
}
