import type { Database } from 'better-sqlite3';
import { runAnalysisVersion, type RunFindings } from '../../shared/equilibrium/analyseRun.ts';
import type { RunAnalysis } from '../../shared/model/analysis.ts';
import { EtalonError } from '../../shared/model/errors.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { getAnalysis, putAnalysis } from '../db/queries/analyses.ts';
import { findRun, requireRuns, runAnalysisKind } from '../db/queries/runs.ts';
import { analysisInputHash, optimizerOf, readAnalysedSeries } from './analysisInput.ts';
import type { AnalystThread } from './analystThread.ts';
import type { HostContext } from './context.ts';

/** The stored analyses of the open workspace, and how they are made. */
export interface RunAnalyses {
  /** As stored, `stale` when method or points have changed since; undefined when there is none. */
  stored(run: RunSummary): RunAnalysis | undefined;
  /** The stored one when it is fresh and not `refresh`, else a new one, which is stored and announced. */
  ensure(runId: string, refresh: boolean): Promise<RunAnalysis>;
}

export function requireRun(db: Database, runId: string): RunSummary {
  requireRuns(db, [runId]);
  return findRun(db, runId)!;
}

export function createRunAnalyses(context: HostContext, analyst: AnalystThread): RunAnalyses {
  const { workspace } = context;
  /** Analyses being made, so that two callers share one. */
  const making = new Map<string, Promise<RunAnalysis>>();

  function stored(run: RunSummary): RunAnalysis | undefined {
    const found = getAnalysis(workspace.database(), run.id, runAnalysisKind);
    if (found === undefined) return undefined;
    const { runId, methodVersion, inputHash, computedAt } = found;
    const stale = methodVersion !== runAnalysisVersion || inputHash !== analysisInputHash(workspace.database(), run);
    return { ...(found.result as RunFindings), runId, methodVersion, inputHash, computedAt, stale };
  }

  async function make(run: RunSummary, inputHash: string): Promise<RunAnalysis> {
    const db = workspace.database();
    const findings = await analyst.ask('analyse', {
      series: readAnalysedSeries(db, run.id),
      optimizer: optimizerOf(run),
      intrinsicLr: run.intrinsicLr ?? NaN,
      diverged: run.state === 'diverged',
    });
    if (!db.open) throw new EtalonError('cancelled', 'The workspace was closed during the analysis.');
    requireRuns(db, [run.id]);
    const entry = { runId: run.id, methodVersion: runAnalysisVersion, inputHash, computedAt: Date.now() };
    putAnalysis(db, {
      ...entry,
      kind: runAnalysisKind,
      verdict: findings.verdict,
      // Of a run that is not at equilibrium the table shows the verdict only.
      relaxationTime: findings.verdict === 'reached' ? (findings.relaxation?.relaxationTime ?? null) : null,
      result: findings,
    });
    context.emit('analyses.changed', { runIds: [run.id] });
    return { ...findings, ...entry, stale: false };
  }

  return {
    stored,
    async ensure(runId, refresh) {
      const db = workspace.database();
      const run = requireRun(db, runId);
      const found = refresh ? undefined : stored(run);
      if (found !== undefined && !found.stale) return found;
      const inputHash = analysisInputHash(db, run);
      const key = `${runId} ${inputHash}`;
      let made = making.get(key);
      if (made === undefined) {
        made = make(run, inputHash).finally(() => making.delete(key));
        making.set(key, made);
      }
      return await made;
    },
  };
}
