// Makes the workspace given, says how that went on one line of JSON, and holds it until it is killed.
import { createDatabase } from '../../../main/db/open.ts';
import { toErrorData } from '../../../shared/model/errors.ts';

try {
  createDatabase(process.argv[2]!);
  process.stdout.write('{"ok":true}\n');
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ ok: false, error: toErrorData(error) })}\n`);
}
