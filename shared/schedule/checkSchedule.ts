import { EtalonError } from '../model/errors.ts';
import type { ScheduleConfig } from '../model/trainingConfig.ts';
import { lastScheduleChange } from './lastScheduleChange.ts';
import { scheduleAt } from './scheduleAt.ts';

const samples = 1000;

/**
 * Refuses with `invalid-input` what no training could follow over `steps` steps: a schedule that does not parse, an LR or WD that leaves
 * the range of numbers, and lr wd >= 1, where the weights would be erased or change sign at every step.
 *
 * Looks at 1000 steps evenly spread up to the last change, and at the last: all a growing schedule needs, since it only grows.
 */
export function checkSchedule(config: ScheduleConfig, baseLr: number, baseWd: number, steps: number): void {
  // A label only divides, so that the first step decides and the length of an epoch does not matter.
  const end = Math.min(steps - 1, lastScheduleChange(config, 1));
  for (let i = 0; i <= samples; i++) {
    const step = Math.round((end * i) / samples);
    const { lr, wd } = scheduleAt(config, baseLr, baseWd, step, 1);
    if (Number.isFinite(lr) && Number.isFinite(wd) && lr >= 0 && lr * wd < 1) continue;
    const message = 'must keep lr and wd finite and lr times wd < 1 at every step';
    const received = `lr ${lr.toPrecision(3)}, wd ${wd.toPrecision(3)} at step ${step}`;
    throw new EtalonError('invalid-input', `schedule: ${message}; got ${received}`, {
      issues: [{ path: 'schedule', message, received }],
    });
  }
}
