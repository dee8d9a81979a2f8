import * as v from 'valibot';
import { flag, id, integer, list, text } from '../model/fields.ts';
import type { DeviceReport } from '../model/device.ts';
import type { QueueState } from '../model/queue.ts';
import type { Sweep, SweepPlan } from '../model/sweep.ts';
import { sweepSpecSchema } from '../model/sweep.ts';
import { trainingConfigSchema } from '../model/trainingConfig.ts';
import { method } from './method.ts';

const runIds = list(id, 1, 100_000);

export const trainingMethods = {
  /** Stores the run and puts it in the queue. */
  'training.start': method<{ readonly runId: string }>()(
    v.strictObject({
      name: v.nullable(text(200, 1)),
      config: trainingConfigSchema,
      device: v.nullable(text(100, 1)),
      priority: integer(-1000, 1000),
    }),
  ),
  /** Finish the step, write a checkpoint, free the slot. Runs that are not queued or running are refused with `conflict`. */
  'training.pause': method<null>()(v.strictObject({ runIds })),
  'training.resume': method<null>()(v.strictObject({ runIds })),
  /** Ends the runs for good; their points stay. */
  'training.cancel': method<null>()(v.strictObject({ runIds })),
  'training.setPriority': method<null>()(v.strictObject({ runIds, priority: integer(-1000, 1000) })),
  'queue.state': method<QueueState>()(v.strictObject({})),
  /** Stops giving out work; running runs stop with a checkpoint and wait in their place. */
  'queue.pause': method<null>()(v.strictObject({})),
  'queue.resume': method<null>()(v.strictObject({})),
  'sweeps.plan': method<SweepPlan>()(v.strictObject({ spec: sweepSpecSchema })),
  'sweeps.create': method<Sweep>()(v.strictObject({ spec: sweepSpecSchema, start: flag })),
  'sweeps.list': method<readonly Sweep[]>()(v.strictObject({})),
  'sweeps.get': method<Sweep>()(v.strictObject({ sweepId: id })),
  /** Cancels what is waiting or running; finished runs stay. */
  'sweeps.cancel': method<null>()(v.strictObject({ sweepId: id })),
  'sweeps.pause': method<null>()(v.strictObject({ sweepId: id })),
  'sweeps.resume': method<null>()(v.strictObject({ sweepId: id })),
  /** The last probe, or a fresh one (seconds) when there is none or `refresh`. */
  'devices.list': method<DeviceReport>()(v.strictObject({ refresh: flag })),
} as const;
