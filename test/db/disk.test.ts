import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeDatabase, createDatabase } from '../../main/db/open.ts';
import { appendPoints } from '../../main/db/queries/points.ts';
import { readAllPoints } from '../../main/db/series/read.ts';
import { canMount, runProgramWithMounts, whyNoMount } from './processes.ts';
import { pointsOf } from './programs/writerData.ts';
import { addRun, newWorkspace, temporaryFolder } from './workspaces.ts';

const why = canMount ? '' : ` (skipped: ${whyNoMount})`;

describe('a full disk', () => {
  test.skipIf(!canMount)(`costs only the flush that did not fit; after space is freed work goes on${why}`, () => {
    const folder = temporaryFolder();
    const report = runProgramWithMounts(`mount -t tmpfs -o size=6m none '${folder}'`, 'fillDisk', folder) as {
      whenFull: { step: number };
    };
    expect(report).toMatchObject({
      whenFull: { first: 'disk-full', again: 'disk-full', allStored: true, sound: true },
      others: {
        create: 'disk-full',
        backup: 'disk-full',
        // Nothing half-written is left of the two.
        files: ['ballast', 'full.etalon', 'full.etalon-owner', 'full.etalon-wal'],
      },
      afterFreeing: { step: report.whenFull.step + 500, allStored: true },
      reopened: { allStored: true, sound: true },
    });
    expect(report.whenFull.step).toBeGreaterThan(500);
  });

  test('is an error with a code of its own, and the flush that met it is rolled back whole', () => {
    const { db } = newWorkspace();
    const runId = addRun(db);
    appendPoints(db, runId, pointsOf(1, 100), null);
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count = ${pages + 3}`);
    expect(() => appendPoints(db, runId, pointsOf(101, 900), null)).toThrow(
      expect.objectContaining({ code: 'disk-full', message: expect.stringContaining(db.name) as string }),
    );
    for (const metric of ['metric/0', 'metric/14']) expect(readAllPoints(db, runId, metric)!.steps.length).toBe(100);
    db.pragma('max_page_count = 1000000');
    expect(appendPoints(db, runId, pointsOf(101, 900), null).lastStep).toBe(900);
  });
});

describe('what may not be written', () => {
  const setups = [
    ['a read-only folder', (folder: string) => `mount --bind '${folder}' '${folder}'; mount -o remount,bind,ro '${folder}'`],
    ['a read-only file', (_: string, file: string) => `mount --bind '${file}' '${file}'; mount -o remount,bind,ro '${file}'`],
  ] as const;

  test.skipIf(!canMount).each(setups)(`%s is refused as such and left as it was${why}`, (_, setup) => {
    const folder = temporaryFolder();
    const file = join(folder, 'kept.etalon');
    closeDatabase(createDatabase(file));
    const before = readFileSync(file);
    expect(runProgramWithMounts(setup(folder, file), 'openFile', file)).toMatchObject({
      ok: false,
      error: { code: 'workspace-read-only', message: expect.stringContaining('Copy it to a folder') as string },
    });
    expect(readFileSync(file)).toStrictEqual(before);
  });

  test.skipIf(!canMount)(`a new workspace in a read-only folder is refused as such${why}`, () => {
    const folder = temporaryFolder();
    const report = runProgramWithMounts(setups[0][1](folder), 'createFile', join(folder, 'new.etalon'));
    expect(report).toMatchObject({ ok: false, error: { code: 'workspace-read-only' } });
  });
});
