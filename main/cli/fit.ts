import { Command } from 'commander';
import type { RunAnalysis, ScalingFit } from '../../shared/model/analysis.ts';
import type { Shell } from './shell.ts';
import { addSelectFlags, required, selectRuns, type SelectFlags } from './select.ts';
import { withSession } from './session.ts';
import { clean, table } from './table.ts';
import { estimate, number } from './text.ts';

export function fitCommand(shell: Shell): Command {
  return addSelectFlags(
    new Command('fit')
      .description(
        'Fit the relaxation of gamma of each run, and the power law of their relaxation times against the intrinsic LR.',
      )
      .argument('[run...]', 'names, ids or beginnings of ids (default: all runs that the flags select)')
      .option('--refresh', 'compute anew even where a current analysis is stored'),
  )
    .addHelpText(
      'after',
      `
Times are in steps, as value [95 % interval]. The prediction without any fitted constant is 1/k = 1/(4 λₑ).

Examples:
  etalon fit --sweep law
  etalon fit "first run"
  etalon fit --tag good --json`,
    )
    .action((names: string[], flags: SelectFlags & { refresh?: boolean }) =>
      withSession(shell.workspace(), 'existing', async ({ client }) => {
        const runs = required(await selectRuns(client, names, flags));
        const runIds = runs.map((run) => run.id);
        const analyses = await client.call('analysis.runs', { runIds, refresh: flags.refresh === true });
        const scaling = runs.length > 1 ? await client.call('analysis.scaling', { runIds }) : null;
        const nameOf = new Map(runs.map((run) => [run.id, run.name]));
        shell.output.result({ analyses, scaling }, () =>
          [analysesText(analyses, nameOf), ...(scaling === null ? [] : ['', scalingText(scaling)])].join('\n'),
        );
      }),
    );
}

function analysesText(analyses: readonly RunAnalysis[], nameOf: ReadonlyMap<string, string>): string {
  if (analyses.length === 0) return 'None of these runs has the series that an analysis needs.';
  if (analyses.length === 1) return oneAnalysis(analyses[0]!, nameOf);
  return table(analyses, [
    { title: 'run', text: (a) => nameOf.get(a.runId) ?? a.runId },
    { title: 'λₑ', text: (a) => number(a.intrinsicLr), right: true },
    { title: '1/(4λₑ)', text: (a) => number(1 / a.predictedRate), right: true },
    { title: '1/k fitted', text: (a) => estimate(a.relaxation?.relaxationTime ?? null), right: true },
    { title: 'verdict', text: (a) => a.verdict },
  ]);
}

function oneAnalysis(a: RunAnalysis, nameOf: ReadonlyMap<string, string>): string {
  const fit = a.relaxation;
  return [
    `${clean(nameOf.get(a.runId) ?? a.runId)}: ${a.verdict}. ${a.reason}`,
    `intrinsic LR        ${number(a.intrinsicLr)}`,
    `1/k fitted          ${estimate(fit?.relaxationTime ?? null)} steps${fit === null ? '' : `, from ${fit.points} points`}`,
    `1/k predicted       ${number(1 / a.predictedRate)} steps = 1/(4 λₑ)`,
    `effective LR        ${estimate(a.effectiveLr)}`,
    `predicted           ${estimate(a.predictedEffectiveLr)} = √(2 λₑ / S)`,
    `recursion of gamma  largest deviation ${number(a.recursionError, 2)}`,
  ].join('\n');
}

function scalingText(fit: ScalingFit): string {
  return [
    fit.summary,
    `exponent   ${estimate(fit.exponent)}   predicted ${number(fit.predictedExponent)}`,
    `prefactor  ${estimate(fit.prefactor)}   predicted ${number(fit.predictedPrefactor)}`,
    `${fit.runsUsed} runs, ${fit.cells} cells, ${fit.levels} levels over ${number(fit.decades, 3)} decades`,
    ...fit.cautions.map((caution) => `- ${caution}`),
  ].join('\n');
}
