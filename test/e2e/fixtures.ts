import { test } from '@playwright/test';
import { createHome, serve, type Etalon } from './etalon.ts';
import { writeWorkspace, type TestRun } from './runsWorkspace.ts';

export interface ServedEtalon extends Etalon {
  /** The runs in the order they were given; none on the example. */
  readonly ids: readonly string[];
}

/**
 * Serves all tests of the file that calls it from a data folder of its own: on a workspace with these runs or, without any
 * given, on the example, whose runs are real training. The answer is filled before the first test.
 */
export function serveForTests(runs?: readonly TestRun[]): ServedEtalon {
  const served = {} as ServedEtalon;
  let home: ReturnType<typeof createHome>;
  test.beforeAll(async () => {
    home = createHome();
    const ids = runs === undefined ? [] : writeWorkspace(home.path, runs);
    Object.assign(served, await serve(home.path), { ids });
  });
  test.afterAll(async () => {
    await served.stop();
    home.remove();
  });
  return served;
}
