import type { FactorSchedule, ScheduleConfig } from '../model/trainingConfig.ts';
import { parseScheduleLabel } from './parseScheduleLabel.ts';

function lastFactorChange(schedule: FactorSchedule): number {
  switch (schedule.kind) {
    case 'constant':
      return 0;
    case 'steps':
      return schedule.factor === 1 ? 0 : Math.max(...schedule.at);
    case 'cosine':
      return schedule.floor === 1 ? 0 : schedule.to;
    case 'exponential':
      return schedule.growthPerStep === 1 ? 0 : Infinity;
  }
}

/**
 * First step from which on neither LR nor WD changes: 0 for a constant schedule, Infinity when it never settles.
 * From there on the intrinsic LR is constant, and gamma relaxes without jumps of its own.
 */
export function lastScheduleChange(config: ScheduleConfig, stepsPerEpoch: number): number {
  if (config.kind === 'label') {
    const { lrEpochs, wdEpochs } = parseScheduleLabel(config.label);
    return Math.ceil(Math.max(0, ...lrEpochs, ...wdEpochs) * stepsPerEpoch);
  }
  const warmup = config.warmupSteps > 1 ? config.warmupSteps - 1 : 0;
  return Math.max(warmup, lastFactorChange(config.lr), lastFactorChange(config.wd));
}
