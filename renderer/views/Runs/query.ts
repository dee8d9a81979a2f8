import type { RunSummary } from '../../../shared/model/run.ts';
import { parseNumber } from '../../ui/parseNumber.ts';

/**
 * The filter line of the runs table: words that all must occur in name, tags, model, dataset or state, and comparisons
 * `lr>0.1 state:finished tag:paper`. A minus before a term negates it; quotes hold words together.
 */
export interface RunQuery {
  readonly matches: (run: RunSummary) => boolean;
  /** Terms that could not be understood, each with its reason; they filter nothing. */
  readonly problems: readonly string[];
}

const numbers: Readonly<Record<string, (run: RunSummary) => number | null>> = {
  lr: (run) => run.lr,
  wd: (run) => run.wd,
  le: (run) => run.intrinsicLr,
  momentum: (run) => run.momentum,
  batch: (run) => run.batchSize,
  seed: (run) => run.seed,
  steps: (run) => run.steps,
  accuracy: (run) => run.testAccuracy,
  loss: (run) => run.trainLoss,
  time: (run) => run.relaxationTime?.value ?? null,
};

const texts: Readonly<Record<string, (run: RunSummary) => readonly (string | null)[]>> = {
  name: (run) => [run.name],
  state: (run) => [run.state],
  tag: (run) => run.tags,
  model: (run) => [run.model],
  dataset: (run) => [run.dataset],
  norm: (run) => [run.norm],
  source: (run) => [run.source],
  device: (run) => [run.device],
  verdict: (run) => [run.verdict],
  sweep: (run) => [run.sweepId],
};

const aliases: Readonly<Record<string, string>> = {
  η: 'lr',
  λ: 'wd',
  λₑ: 'le',
  λe: 'le',
  lambda_e: 'le',
  intrinsic_lr: 'le',
  acc: 'accuracy',
  t: 'time',
  tags: 'tag',
};

type Test = (run: RunSummary) => boolean;

export function parseRunQuery(text: string): RunQuery {
  const problems: string[] = [];
  const tests: Test[] = [];
  for (const [term] of text.matchAll(/(?:[^\s"]|"[^"]*(?:"|$))+/g)) {
    const negated = term.length > 1 && term.startsWith('-');
    const test = parseTerm(negated ? term.slice(1) : term);
    if (typeof test === 'string') problems.push(test);
    else tests.push(negated ? (run) => !test(run) : test);
  }
  return { matches: (run) => tests.every((test) => test(run)), problems };
}

/** A test, or what is wrong with the term. */
function parseTerm(term: string): Test | string {
  const match = /^([\p{L}_]+)(>=|<=|≥|≤|=|>|<|:)(.*)$/u.exec(term);
  if (match === null) return anywhere(unquoted(term));
  const [, written = '', operator = '', rawValue = ''] = match;
  const field = aliases[written.toLowerCase()] ?? written.toLowerCase();
  const value = unquoted(rawValue);
  if (value === '') return `${term}: no value after ${operator}`;
  const numberOf = numbers[field];
  if (numberOf !== undefined) return comparison(term, numberOf, operator, value);
  const textOf = texts[field];
  if (textOf === undefined)
    return `${written}: not a field; known are ${[...Object.keys(numbers), ...Object.keys(texts)].join(', ')}`;
  if (operator !== ':' && operator !== '=') return `${term}: ${field} is text, use ${field}:${value}`;
  return (run) => textOf(run).some((text) => text?.toLowerCase().includes(value));
}

function comparison(term: string, numberOf: (run: RunSummary) => number | null, operator: string, value: string): Test | string {
  // 0.1..1 is a range with both ends.
  const range = /^(.+)\.\.(.+)$/.exec(value);
  if (range !== null && (operator === ':' || operator === '=')) {
    const [low, high] = [parseNumber(range[1]!), parseNumber(range[2]!)];
    if (Number.isNaN(low) || Number.isNaN(high)) return `${term}: ${value} is not a range of numbers`;
    return (run) => within(numberOf(run), (x) => x >= low && x <= high);
  }
  const bound = parseNumber(value);
  if (Number.isNaN(bound)) return `${term}: ${value} is not a number`;
  // Computed values (λₑ = ηλ) differ from typed ones in the last bits.
  const near = (x: number): boolean => Math.abs(x - bound) <= 1e-9 * Math.max(Math.abs(x), Math.abs(bound));
  switch (operator) {
    case '>':
      return (run) => within(numberOf(run), (x) => x > bound && !near(x));
    case '<':
      return (run) => within(numberOf(run), (x) => x < bound && !near(x));
    case '>=':
    case '≥':
      return (run) => within(numberOf(run), (x) => x > bound || near(x));
    case '<=':
    case '≤':
      return (run) => within(numberOf(run), (x) => x < bound || near(x));
    default:
      return (run) => within(numberOf(run), near);
  }
}

const within = (value: number | null, test: (x: number) => boolean): boolean => value !== null && test(value);

const unquoted = (text: string): string => text.replaceAll('"', '').toLowerCase();

function anywhere(word: string): Test {
  return (run) =>
    [run.name, run.model, run.dataset, run.state, ...run.tags].some((text) => text?.toLowerCase().includes(word) ?? false);
}
