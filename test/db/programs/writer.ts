// Appends to one run of a workspace without end, as the host does for a training run, and prints the last step of each
// flush once it is stored. It is meant to be killed.
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../main/db/open.ts';
import { appendPoints } from '../../../main/db/queries/points.ts';
import { findRun } from '../../../main/db/queries/runs.ts';
import { checkpointAt, pointsOf } from './writerData.ts';

const [file, runId] = process.argv.slice(2);
const db = openDatabase(file!);
let step = findRun(db, runId!)!.lastStep ?? 0;
for (let flush = 1; ; flush++) {
  const until = step + 1 + ((step * 7) % 90);
  appendPoints(db, runId!, pointsOf(step + 1, until), flush % 3 === 0 ? checkpointAt(until) : null);
  step = until;
  writeSync(1, `${step}\n`);
}
