// In the folder given, whose disk is tiny: fills it by appending, frees space, goes on; prints what happened as JSON.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupDatabase } from '../../../main/db/backup.ts';
import { checkDatabase } from '../../../main/db/check.ts';
import { closeDatabase, createDatabase, openDatabase } from '../../../main/db/open.ts';
import { appendPoints } from '../../../main/db/queries/points.ts';
import { readAllPoints } from '../../../main/db/series/read.ts';
import { addRun } from '../runFixture.ts';
import { pointsOf, writerMetrics } from './writerData.ts';

const folder = process.argv[2]!;
const file = join(folder, 'full.etalon');
const ballast = join(folder, 'ballast');
writeFileSync(ballast, new Uint8Array(2 ** 20));

async function codeOf(work: () => unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

let db = createDatabase(file);
const runId = addRun(db);
let step = 0;
function appendUntilFull(): void {
  for (;;) {
    appendPoints(db, runId, pointsOf(step + 1, step + 500), null);
    step += 500;
  }
}
const stored = (): number[] => writerMetrics.map((metric) => readAllPoints(db, runId, metric)!.steps.length);
const sound = async (): Promise<boolean> => (await checkDatabase(db, () => undefined)).ok;
const allStored = (): boolean => stored().every((length) => length === step);

const first = await codeOf(appendUntilFull);
const again = await codeOf(appendUntilFull);
const whenFull = { first, again, step, allStored: allStored(), sound: await sound() };
const others = {
  create: await codeOf(() => createDatabase(join(folder, 'another.etalon'))),
  backup: await codeOf(() => backupDatabase(db, join(folder, 'backup.etalon'), () => undefined)),
  files: readdirSync(folder).sort(),
};
rmSync(ballast);
appendPoints(db, runId, pointsOf(step + 1, step + 500), null);
step += 500;
const afterFreeing = { step, allStored: allStored() };
closeDatabase(db);
db = openDatabase(file);
const reopened = { allStored: allStored(), sound: await sound() };
closeDatabase(db);
process.stdout.write(JSON.stringify({ whenFull, others, afterFreeing, reopened }));
