import { toErrorData, type ErrorData } from '../../shared/model/errors.ts';

/** 0 done; 1 failed; 2 usage or invalid input; 130 interrupted by Ctrl-C. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Results to stdout (text, or one JSON value with --json), everything else to stderr. */
export interface Output {
  readonly json: boolean;
  /** stderr is a terminal: progress bars make sense. */
  readonly terminal: boolean;
  /** The command's result, once. `text` is made only when it is shown. */
  result(value: unknown, text: () => string): void;
  note(line: string): void;
  error(error: unknown): void;
}

/** What of process.stdout and process.stderr is used. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export function createOutput(json: boolean, stdout: Stream, stderr: Stream): Output {
  let written = false;
  function writeJson(value: unknown): void {
    if (written) return;
    written = true;
    stdout.write(`${JSON.stringify(value, toPlain, 2)}\n`);
  }
  return {
    json,
    terminal: stderr.isTTY === true,
    result(value, text) {
      if (json) writeJson(value);
      else stdout.write(`${text().trimEnd()}\n`);
    },
    note: (line) => void stderr.write(`${line}\n`),
    error(error) {
      const data = toErrorData(error);
      stderr.write(`${errorText(data)}\n`);
      if (json) writeJson({ error: data });
    },
  };
}

function errorText({ code, message, details }: ErrorData): string {
  const lines = [`etalon: ${message}`, ...(code === 'invalid-input' ? [] : [`        (${code})`])];
  // A stack is of use only where the fault is ours.
  if (code === 'internal' && details) lines.push(details);
  return lines.join('\n');
}

/** Typed arrays as lists; NaN and infinities, which JSON does not know, as null. */
function toPlain(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return [...value];
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return value;
}
