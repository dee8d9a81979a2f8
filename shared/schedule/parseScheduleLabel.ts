import { EtalonError } from '../model/errors.ts';

/** Epochs at which weight decay and learning rate are divided, ascending. */
export interface ScheduleLabel {
  readonly wdEpochs: readonly number[];
  readonly lrEpochs: readonly number[];
}

const example = 'write for example wd_10_20_lr_30_40: weight decay divided at epochs 10 and 20, learning rate at 30 and 40';
const epoch = /^\d{1,9}(\.\d{1,9})?$/;

function refuse(label: string, problem: string): never {
  const received = JSON.stringify(label.length > 60 ? `${label.slice(0, 57)}...` : label);
  const message = `${problem}; ${example}`;
  throw new EtalonError('invalid-input', `schedule.label: ${message}; got ${received}`, {
    issues: [{ path: 'schedule.label', message, received }],
  });
}

/**
 * Reads the schedule label of Li, Lyu, Arora 2020: `wd_x_y_lr_z_u` divides WD at epochs x, y and LR at epochs z, u.
 * Either part may stand first or be left out; epochs are decimal numbers >= 0 and rise. Throws `invalid-input`.
 */
export function parseScheduleLabel(label: string): ScheduleLabel {
  const epochs: Record<'wd' | 'lr', number[]> = { wd: [], lr: [] };
  const seen = new Set<string>();
  let part: 'wd' | 'lr' | null = null;
  for (const word of label.split('_')) {
    if (word === 'wd' || word === 'lr') {
      if (seen.has(word)) refuse(label, `"${word}" stands twice`);
      if (part !== null && epochs[part].length === 0) refuse(label, `"${part}" has no epochs`);
      seen.add(word);
      part = word;
      continue;
    }
    if (part === null) refuse(label, 'the label must start with "wd" or "lr"');
    if (!epoch.test(word)) refuse(label, `"${word.slice(0, 20)}" is not an epoch, a decimal number >= 0`);
    const list = epochs[part];
    if (list.length > 0 && !(Number(word) > list.at(-1)!)) refuse(label, `the epochs of "${part}" must rise`);
    list.push(Number(word));
  }
  if (part === null || epochs[part].length === 0) refuse(label, `"${part ?? ''}" has no epochs`);
  return { wdEpochs: epochs.wd, lrEpochs: epochs.lr };
}
