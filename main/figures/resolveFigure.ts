import type { Database } from 'better-sqlite3';
import type { FigureCurve, FigureData, FigureRun } from '../../shared/figure/figureData.ts';
import { EtalonError } from '../../shared/model/errors.ts';
import type { FigureContent, FigureSpec, XAxisKind } from '../../shared/model/figure.ts';
import type { RunDetail, RunSummary } from '../../shared/model/run.ts';
import type { Series } from '../../shared/model/series.ts';
import type { Client } from '../../shared/rpc/contract.ts';
import { findRun, getRunDetail } from '../db/queries/runs.ts';
import { readAllPoints } from '../db/series/read.ts';

/** More than any run has steps worth drawing; the analysis thins out beyond. */
const mostPredictionPoints = 1_000_000;

export interface FigureSource {
  readonly database: Database;
  readonly call: Client['call'];
  /** Between runs: shows progress, lets others work, throws when cancelled. */
  readonly pause: (done: number, total: number) => Promise<void>;
}

export interface ResolvedFigure {
  readonly data: FigureData;
  readonly runs: readonly RunSummary[];
}

/** Answers a figure's query from the workspace. `not-found` names the run or metric that is not there. */
export async function resolveFigure({ content }: FigureSpec, source: FigureSource): Promise<ResolvedFigure> {
  const runIds = content.kind === 'equilibrium' ? [content.runId] : content.runIds;
  const runs = runIds.map((runId) => requireRun(source.database, runId));
  switch (content.kind) {
    case 'compare':
      return { runs, data: { kind: 'compare', curves: await compareCurves(content, runs, source) } };
    case 'scaling':
      return { runs, data: { kind: 'scaling', fit: await source.call('analysis.scaling', { runIds: [...runIds] }) } };
    case 'equilibrium': {
      const { runId } = content;
      const analysis = await source.call('analysis.run', { runId, refresh: false });
      const prediction = await source.call('analysis.prediction', { runId, maxPoints: mostPredictionPoints });
      return { runs, data: { kind: 'equilibrium', run: figureRun(runs[0]!), analysis, prediction } };
    }
  }
}

function requireRun(database: Database, runId: string): RunSummary {
  const run = findRun(database, runId);
  if (run !== undefined) return run;
  throw new EtalonError('not-found', `The figure shows run ${runId}, which is not in this workspace; take it out of the figure.`);
}

async function compareCurves(
  { metric, x }: Extract<FigureContent, { kind: 'compare' }>,
  runs: readonly RunSummary[],
  { database, pause }: FigureSource,
): Promise<FigureCurve[]> {
  const curves: FigureCurve[] = [];
  for (const [index, run] of runs.entries()) {
    await pause(index, runs.length);
    const points = readAllPoints(database, run.id, metric);
    if (points === undefined) continue;
    const places = xOf(x, getRunDetail(database, run.id), points, (name) => readAllPoints(database, run.id, name));
    curves.push({ run: figureRun(run), steps: points.steps, x: places, y: points.values });
  }
  if (curves.length > 0) return curves;
  throw new EtalonError('not-found', `None of the figure's runs has a series "${metric}"; choose another metric.`);
}

function xOf(kind: XAxisKind, run: RunDetail, { steps }: Series, read: (metric: string) => Series | undefined): Float64Array {
  switch (kind) {
    case 'step':
      return steps;
    case 'epoch': {
      const { stepsPerEpoch } = run;
      if (stepsPerEpoch === null) throw noAxis(run, 'how many steps an epoch has is not known');
      return steps.map((step) => step / stepsPerEpoch);
    }
    case 'wall': {
      const clock = read('time/wall_s');
      if (clock === undefined) throw noAxis(run, 'its training time was not recorded');
      return interpolate(clock, steps);
    }
    case 'scaled': {
      const { intrinsicLr } = run;
      if (intrinsicLr === null || !(intrinsicLr > 0)) throw noAxis(run, 'it has no intrinsic learning rate above 0');
      return steps.map((step) => step * intrinsicLr);
    }
  }
}

function noAxis({ name }: RunDetail, reason: string): EtalonError {
  return new EtalonError(
    'not-found',
    `Run "${name}" cannot be drawn on this x axis: ${reason}. Choose another axis or leave it out.`,
  );
}

/** The series at each of the steps (both ascending), straight between its points; NaN outside of them. */
function interpolate({ steps, values }: Series, at: Float64Array): Float64Array {
  let next = 0;
  return at.map((step) => {
    while (next < steps.length && steps[next]! < step) next++;
    if (steps[next] === step) return values[next]!;
    if (next === 0 || next === steps.length) return NaN;
    const share = (step - steps[next - 1]!) / (steps[next]! - steps[next - 1]!);
    return values[next - 1]! + share * (values[next]! - values[next - 1]!);
  });
}

function figureRun({ id, name, intrinsicLr, lr, wd, seed }: RunSummary): FigureRun {
  return { id, name, intrinsicLr, lr, wd, seed };
}
