import type { RunSummary } from '../../../shared/model/run.ts';

/** One column of the runs table: how wide it is, what it sorts by. What it shows is RunCell's. */
export interface Column {
  readonly key: ColumnKey;
  /** For the header: a word, or a symbol in Unicode. */
  readonly label: string;
  readonly isSymbol?: true;
  /** For the chooser and readers. */
  readonly title: string;
  readonly widthPx: number;
  readonly numeric: boolean;
  /** Null sorts last in both directions. */
  readonly sortValue: (run: RunSummary) => number | string | null;
}

export const columnKeys = [
  'state',
  'name',
  'intrinsicLr',
  'lr',
  'wd',
  'steps',
  'testAccuracy',
  'relaxationTime',
  'tags',
  'momentum',
  'batchSize',
  'model',
  'dataset',
  'seed',
  'trainLoss',
  'device',
  'createdAt',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

const stateOrder: readonly string[] = ['running', 'paused', 'queued', 'finished', 'diverged', 'failed', 'cancelled'];

const column = (
  key: ColumnKey,
  label: string,
  title: string,
  widthPx: number,
  numeric: boolean,
  sortValue: Column['sortValue'],
  isSymbol?: true,
): Column => ({ key, label, title, widthPx, numeric, sortValue, ...(isSymbol && { isSymbol }) });

export const columns: readonly Column[] = [
  column('state', 'State', 'State', 112, false, (run) => stateOrder.indexOf(run.state)),
  column('name', 'Name', 'Name', 164, false, (run) => run.name),
  column('intrinsicLr', 'λₑ', 'Intrinsic learning rate', 70, true, (run) => run.intrinsicLr, true),
  column('lr', 'η', 'Learning rate', 56, true, (run) => run.lr, true),
  column('wd', 'λ', 'Weight decay', 68, true, (run) => run.wd, true),
  column('steps', 'Steps', 'Steps planned', 60, true, (run) => run.steps),
  column('testAccuracy', 'Test acc.', 'Last test accuracy', 70, true, (run) => run.testAccuracy),
  column(
    'relaxationTime',
    'T',
    'Relaxation time of γ in steps, with its interval',
    168,
    true,
    (run) => run.relaxationTime?.value ?? null,
    true,
  ),
  column('tags', 'Tags', 'Tags', 160, false, (run) => (run.tags.length === 0 ? null : run.tags.join(' '))),
  column('momentum', 'α', 'Momentum', 60, true, (run) => run.momentum, true),
  column('batchSize', 'Batch', 'Batch size', 60, true, (run) => run.batchSize),
  column('model', 'Model', 'Model', 96, false, (run) => run.model),
  column('dataset', 'Dataset', 'Dataset', 112, false, (run) => run.dataset),
  column('seed', 'Seed', 'Seed', 52, true, (run) => run.seed),
  column('trainLoss', 'Loss', 'Last training loss', 76, true, (run) => run.trainLoss),
  column('device', 'Device', 'Device', 96, false, (run) => run.device),
  column('createdAt', 'Created', 'Created', 140, true, (run) => run.createdAt),
];

export const defaultColumns: readonly ColumnKey[] = columnKeys.filter(
  (key) => key !== 'batchSize' && key !== 'trainLoss' && key !== 'device',
);
