import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { checkDatabase } from '../../main/db/check.ts';
import { closeDatabase, createDatabase, openDatabase } from '../../main/db/open.ts';
import { getCheckpoint } from '../../main/db/queries/checkpoints.ts';
import { readAllPoints } from '../../main/db/series/read.ts';
import { killed, startProgram } from './processes.ts';
import { checkpointAt, valueAt, writerMetrics } from './programs/writerData.ts';
import { addRun, temporaryFolder } from './workspaces.ts';

/** ETALON_KILLS=100 for a longer look. */
const kills = Number(process.env.ETALON_KILLS ?? 6);

test(
  'kill -9 of a writer at any moment loses nothing that was flushed and leaves a sound file that opens at once',
  async () => {
    const file = join(temporaryFolder(), 'killed.etalon');
    const created = createDatabase(file);
    const runId = addRun(created);
    closeDatabase(created);
    let stored = 0;

    for (let kill = 0; kill < kills; kill++) {
      const writer = startProgram('writer', file, runId);
      let output = '';
      writer.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
      // Now and then while it is still opening the file; mostly in the middle of its work.
      if (kill % 5 !== 4) while (output === '') await sleep(5);
      await sleep(Math.random() * 300);
      await killed(writer);
      const flushed = Number(output.split('\n').at(-2) ?? stored);

      const db = openDatabase(file);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(await checkDatabase(db, () => undefined)).toMatchObject({ ok: true, problems: [] });
      for (const [m, metric] of writerMetrics.entries()) {
        const points = readAllPoints(db, runId, metric);
        const steps = points?.steps ?? new Float64Array(0);
        expect(steps.length).toBeGreaterThanOrEqual(flushed);
        expect(steps).toStrictEqual(Float64Array.from(steps, (_, i) => i + 1));
        expect(points?.values ?? steps).toStrictEqual(steps.map((step) => valueAt(m, step)));
        stored = steps.length;
      }
      const checkpoint = getCheckpoint(db, runId);
      if (checkpoint !== null) {
        expect(checkpoint.step).toBeLessThanOrEqual(stored);
        expect(checkpoint).toStrictEqual(checkpointAt(checkpoint.step));
      }
      closeDatabase(db);
    }
    expect(stored).toBeGreaterThan(0);
  },
  60_000 + kills * 5000,
);

test('kill -9 of the one who makes a new workspace leaves either nothing of that name or a whole file', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'new.etalon');
  for (let kill = 0; kill < 4; kill++) {
    const maker = startProgram('createFile', file);
    await sleep(80 + Math.random() * 250);
    await killed(maker);
    let code = 'opened';
    try {
      closeDatabase(openDatabase(file));
    } catch (error) {
      code = (error as { code: string }).code;
    }
    expect(['opened', 'workspace-missing']).toContain(code);
    for (const ending of ['', '-wal', '-owner']) rmSync(file + ending, { force: true });
  }
});
