import type { Output } from './output.ts';

/** What every command gets: where to write, and the options that all share. */
export interface Shell {
  readonly output: Output;
  workspace(): string | undefined;
  /** Sets the exit code of a command that did its work but found a failure. */
  exit(code: number): void;
}
