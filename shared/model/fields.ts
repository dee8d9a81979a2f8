import * as v from 'valibot';
import { EtalonError, type InputIssue } from './errors.ts';

/** Schema building blocks whose messages state the allowed range; parseInput adds the path and the value that came. */

export const finite = (allowed: string, test: (x: number) => boolean) =>
  v.custom<number>((x) => typeof x === 'number' && Number.isFinite(x) && test(x), `must be ${allowed}`);

export const positive = finite('a finite number > 0', (x) => x > 0);
export const nonNegative = finite('a finite number >= 0', (x) => x >= 0);
export const within = (low: number, high: number) => finite(`a number from ${low} to ${high}`, (x) => x >= low && x <= high);

export const integer = (low: number, high: number) =>
  v.custom<number>(
    (x) => Number.isSafeInteger(x) && (x as number) >= low && (x as number) <= high,
    `must be a whole number from ${low} to ${high}`,
  );

export const flag = v.boolean('must be true or false');

export const choice = <const T extends readonly string[]>(...options: T) =>
  v.picklist(options, `must be one of ${options.join(', ')}`);

/** Text of limited length. Names are shown as text, never as markup, so any character is allowed but controls. */
export const text = (maxLength: number, minLength = 0) =>
  v.custom<string>(
    (x) =>
      typeof x === 'string' &&
      x.length >= minLength &&
      x.length <= maxLength &&
      // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
      !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(x),
    `must be text of ${minLength} to ${maxLength} characters without control characters`,
  );

export const id = v.custom<string>(
  (x) => typeof x === 'string' && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(x),
  'must be an id of 26 letters and digits (ULID)',
);

export const list = <S extends v.GenericSchema>(item: S, minLength: number, maxLength: number) =>
  v.pipe(
    v.array(item, 'must be a list'),
    v.minLength(minLength, `must have at least ${minLength} entries`),
    v.maxLength(maxLength, `must have at most ${maxLength} entries`),
  );

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  let shown: string | undefined;
  try {
    shown = JSON.stringify(value);
  } catch {
    // Cyclic or otherwise not representable: the type says enough.
  }
  shown ??= typeof value;
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

/** valibot's own words for what it could not name better: `("mlp" | "cnn4")` becomes `mlp or cnn4`. */
function sayExpected(expected: string | null): string {
  return (expected ?? 'something else')
    .replace(/^\((.*)\)$/, '$1')
    .replaceAll('"', '')
    .replaceAll(' | ', ' or ');
}

function toIssue(issue: v.BaseIssue<unknown>): InputIssue {
  const path = v.getDotPath(issue) ?? '';
  const last = issue.path?.at(-1);
  const isKey = issue.message.startsWith('Invalid key:');
  if (isKey && issue.expected === 'never') return { path, message: 'is not a known field', received: show(last?.key) };
  if (isKey) return { path, message: 'is missing', received: 'nothing' };
  const message = issue.message.startsWith('Invalid type:') ? `must be ${sayExpected(issue.expected)}` : issue.message;
  // A check forwarded from the whole object carries that object; the path's end has the field's own value.
  return { path, message, received: show(last === undefined ? issue.input : last.value) };
}

/** Parses foreign input; throws `invalid-input` that names every wrong field, what it may be, and what came. */
export function parseInput<S extends v.GenericSchema>(schema: S, input: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (result.success) return result.output;
  const issues = result.issues.slice(0, 20).map(toIssue);
  const lines = issues.map((i) => `${i.path === '' ? what : i.path}: ${i.message}; got ${i.received}`);
  throw new EtalonError('invalid-input', lines.join('\n'), { issues });
}
