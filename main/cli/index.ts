import { CommanderError, type Command } from 'commander';
import { EtalonError } from '../../shared/model/errors.ts';
import { createOutput, exitCodes } from './output.ts';
import { createProgram } from './program.ts';

const argv = process.argv.slice(2);
// Known before parsing, since a usage error has to keep to it as well.
const output = createOutput(argv.includes('--json'), process.stdout, process.stderr);

let exitCode: number = exitCodes.ok;
const program: Command = createProgram({
  output,
  workspace: () => program.opts<{ workspace?: string }>().workspace,
  exit: (code) => (exitCode = code),
});
prepare(program);

try {
  await program.parseAsync(argv, { from: 'user' });
} catch (error) {
  exitCode = report(error);
}
// Not process.exit: what was written to a pipe would be cut off. Every command leaves nothing running behind it.
process.exitCode = exitCode;

/** Commander must not end the process itself, and with --json its texts are values like any other result. */
function prepare(command: Command): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => output.result({ text }, () => text),
    writeErr: (text) => output.note(text.trimEnd()),
  });
  command.commands.forEach(prepare);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    // Its text was written already.
    if (output.json) output.result({ error: { code: 'invalid-input', message: error.message } }, () => '');
    return exitCodes.usage;
  }
  output.error(error);
  return error instanceof EtalonError && error.code === 'invalid-input' ? exitCodes.usage : exitCodes.failed;
}
