// Opens the workspace given, says how that went on one line of JSON, and with `hold` keeps it open until it is killed.
import { closeDatabase, openDatabase } from '../../../main/db/open.ts';
import { toErrorData } from '../../../shared/model/errors.ts';

const [file, mode] = process.argv.slice(2);
try {
  const db = openDatabase(file!);
  process.stdout.write(`${JSON.stringify({ ok: true })}\n`);
  if (mode === 'hold') setInterval(() => undefined, 1000);
  else closeDatabase(db);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ ok: false, error: toErrorData(error) })}\n`);
}
