import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EtalonError } from '../../../shared/model/errors.ts';
import type { FactorSchedule, ScheduleConfig } from '../../../shared/model/trainingConfig.ts';
import { checkSchedule } from '../../../shared/schedule/checkSchedule.ts';
import { lastScheduleChange } from '../../../shared/schedule/lastScheduleChange.ts';
import { parseScheduleLabel } from '../../../shared/schedule/parseScheduleLabel.ts';
import { scheduleAt } from '../../../shared/schedule/scheduleAt.ts';
import { deviation, oracle } from '../../fixtures/oracles/oracle.ts';

const factors = (lr: FactorSchedule, wd: FactorSchedule = { kind: 'constant' }, warmupSteps = 0): ScheduleConfig => ({
  kind: 'factors',
  lr,
  wd,
  warmupSteps,
});

describe('the schedule label', () => {
  it('divides weight decay and learning rate at the epochs of the oracle', () => {
    const { inputs, expected, tol } = oracle<{ label: string; epochs: number[] }, Record<'lr' | 'wd' | 'lambda_e', number[]>>(
      'schedule_label',
    );
    const config: ScheduleConfig = { kind: 'label', label: inputs.label, divisor: 10 };
    const values = inputs.epochs.map((epoch) => scheduleAt(config, 0.1, 5e-4, epoch * 391, 391));
    expect(
      deviation(
        values.map((v) => v.lr),
        expected.lr,
        tol,
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      deviation(
        values.map((v) => v.wd),
        expected.wd,
        tol,
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      deviation(
        values.map((v) => v.lr * v.wd),
        expected.lambda_e,
        tol,
      ),
    ).toBeLessThanOrEqual(1);
  });

  it('changes at the first step of the epoch, not one before', () => {
    const config: ScheduleConfig = { kind: 'label', label: 'lr_3_wd_5', divisor: 10 };
    expect(scheduleAt(config, 1, 1, 299, 100)).toEqual({ lr: 1, wd: 1 });
    expect(scheduleAt(config, 1, 1, 300, 100)).toEqual({ lr: 0.1, wd: 1 });
    expect(scheduleAt(config, 1, 1, 500, 100)).toEqual({ lr: 0.1, wd: 0.1 });
    expect(lastScheduleChange(config, 100)).toBe(500);
  });

  it.each([
    '',
    'wd',
    'wd_',
    'wd_lr_3',
    '3_4',
    'wd_3_3',
    'wd_4_3',
    'wd_1_wd_2',
    'wd_-1',
    'wd_1e3',
    'WD_3',
    'wd_3_lr',
    'wd 3',
    'wd_NaN',
  ])('refuses %j, naming the field and giving an example', (label) => {
    expect(() => parseScheduleLabel(label)).toThrowError(/schedule\.label: .*wd_10_20_lr_30_40.*got/s);
  });

  it('either parses or is refused as invalid input, whatever the text', () => {
    const word = fc.oneof(fc.constantFrom('wd', 'lr', '', '1', '2.5', '-3', '1e9', '9'.repeat(12)), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        try {
          const { wdEpochs, lrEpochs } = parseScheduleLabel(words.join('_'));
          expect([...wdEpochs, ...lrEpochs].every((epoch) => Number.isFinite(epoch) && epoch >= 0)).toBe(true);
          expect(wdEpochs.length + lrEpochs.length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof EtalonError)) throw error;
          expect(error.code).toBe('invalid-input');
        }
      }),
    );
  });
});

describe('factor schedules', () => {
  it('multiplies at each listed step', () => {
    const config = factors({ kind: 'steps', at: [20, 10], factor: 0.5 });
    expect([9, 10, 19, 20].map((step) => scheduleAt(config, 1, 1, step, 1).lr)).toEqual([1, 0.5, 0.5, 0.25]);
    expect(lastScheduleChange(config, 1)).toBe(20);
  });

  it('follows a cosine from 1 to the floor', () => {
    const config = factors({ kind: 'constant' }, { kind: 'cosine', from: 100, to: 300, floor: 0.1 });
    const wd = [0, 100, 150, 200, 300, 999].map((step) => scheduleAt(config, 1, 1, step, 1).wd);
    const expected = [1, 1, 0.1 + 0.45 * (1 + Math.SQRT1_2), 0.55, 0.1, 0.1];
    wd.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
    expect(lastScheduleChange(config, 1)).toBe(300);
  });

  it('grows exponentially and never settles', () => {
    const config = factors({ kind: 'exponential', growthPerStep: 1.001 });
    expect(scheduleAt(config, 0.1, 1, 1000, 1).lr).toBeCloseTo(0.1 * Math.exp(1000 * Math.log(1.001)), 12);
    expect(lastScheduleChange(config, 1)).toBe(Infinity);
  });

  it('warms up from above 0 to the full rate', () => {
    const config = factors({ kind: 'constant' }, { kind: 'constant' }, 4);
    expect([0, 1, 2, 3, 4].map((step) => scheduleAt(config, 1, 1, step, 1).lr)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(lastScheduleChange(config, 1)).toBe(3);
  });

  it('refuses a cosine that ends before it begins', () => {
    const config = factors({ kind: 'cosine', from: 10, to: 10, floor: 0 });
    expect(() => scheduleAt(config, 1, 1, 0, 1)).toThrowError(/must be greater than "from" \(10\); got 10/);
  });

  it('is refused when lr times wd comes to 1 or a value leaves the range of numbers, naming the step', () => {
    const growing = factors({ kind: 'exponential', growthPerStep: 1.001 });
    // 0.1 x 0.02 x 1.001^t = 1 at t = 6218.
    expect(() => checkSchedule(growing, 0.1, 0.02, 6000)).not.toThrow();
    expect(() => checkSchedule(growing, 0.1, 0.02, 6300)).toThrowError(/lr times wd < 1 at every step; got lr .* at step 6/);
    const exploding = factors({ kind: 'exponential', growthPerStep: 10 });
    expect(() => checkSchedule(exploding, 0.1, 0, 400)).toThrowError(/finite .* got lr Infinity/);
    const middle = factors({ kind: 'steps', at: [500], factor: 100 });
    expect(() => checkSchedule(middle, 0.1, 0.2, 500)).not.toThrow();
    expect(() => checkSchedule(middle, 0.1, 0.2, 501)).toThrowError(/at step 500/);
    expect(() => checkSchedule({ kind: 'label', label: 'wd_1', divisor: 10 }, 0.1, 0.2, 1e8)).not.toThrow();
    expect(() => checkSchedule({ kind: 'label', label: 'nonsense', divisor: 10 }, 0.1, 0.2, 10)).toThrowError(/schedule.label/);
  });

  it('keeps its last change: after it the values stay the same', () => {
    const settle = fc.oneof(
      fc.constant<FactorSchedule>({ kind: 'constant' }),
      fc.record({
        kind: fc.constant('steps' as const),
        at: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 4 }),
        factor: fc.constantFrom(0.1, 1, 2),
      }),
      fc.record({
        kind: fc.constant('cosine' as const),
        from: fc.integer({ min: 0, max: 200 }),
        to: fc.integer({ min: 201, max: 500 }),
        floor: fc.constantFrom(0, 0.1, 1),
      }),
    );
    fc.assert(
      fc.property(settle, settle, fc.integer({ min: 0, max: 300 }), (lr, wd, warmupSteps) => {
        const config = factors(lr, wd, warmupSteps);
        const last = lastScheduleChange(config, 1);
        const at = (step: number): string => JSON.stringify(scheduleAt(config, 0.1, 0.01, step, 1));
        const settled = at(last);
        for (let step = last; step < last + 50; step++) expect(at(step)).toBe(settled);
        if (last > 0 && warmupSteps === 0 && lr.kind !== 'cosine' && wd.kind !== 'cosine') {
          // A step down in one may undo a step up in the other only in the product, not in both values.
          expect(at(last - 1)).not.toBe(settled);
        }
      }),
    );
  });
});
