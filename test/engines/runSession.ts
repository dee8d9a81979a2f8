import type { Checkpoint } from '../../main/training/messages.ts';
import { type SessionEnd, train } from '../../main/training/session.ts';
import type { ScaleInvariantGroup } from '../../shared/model/run.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';

export interface Recorded {
  readonly end: SessionEnd;
  readonly groups: readonly ScaleInvariantGroup[];
  readonly stepsPerEpoch: number;
  /** metric -> [step, value] in the order sent. */
  readonly series: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  readonly checkpoints: readonly Checkpoint[];
}

/** Trains in this process on the current backend; stops after `stopAfter` updates when given. */
export async function runSession(
  config: TrainingConfig,
  from: Checkpoint | null = null,
  stopAfter = Infinity,
): Promise<Recorded> {
  const series = new Map<string, (readonly [number, number])[]>();
  const checkpoints: Checkpoint[] = [];
  let begun: Pick<Recorded, 'groups' | 'stepsPerEpoch'> = { groups: [], stepsPerEpoch: 0 };
  let boundary = from?.step ?? 0;
  const end = await train(config, from, {
    started: (groups, stepsPerEpoch) => (begun = { groups, stepsPerEpoch }),
    points: (_, sent, checkpoint) => {
      for (const [metric, { steps, values }] of Object.entries(sent)) {
        const column = series.get(metric) ?? [];
        series.set(metric, column);
        steps.forEach((step, i) => column.push([step, values[i]!]));
      }
      if (checkpoint) checkpoints.push(checkpoint);
    },
    shouldStop: () => boundary++ >= stopAfter,
  });
  return { end, ...begun, series, checkpoints };
}

export function valuesOf(recorded: Recorded, metric: string): number[] {
  return (recorded.series.get(metric) ?? []).map(([, value]) => value);
}

export function stepsOf(recorded: Recorded, metric: string): number[] {
  return (recorded.series.get(metric) ?? []).map(([step]) => step);
}
