import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const lockText = readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8');
const lock = JSON.parse(lockText) as {
  packages: Record<string, { gypfile?: boolean; optionalDependencies?: Record<string, string> }>;
};

test('the lock names no registry, so it works with any mirror', () => {
  expect(lockText).not.toMatch(/"resolved": "https?:/);
});

test('the lock keeps npm from compiling better-sqlite3, which ships its binaries', () => {
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});

test('the lock has Node 24 for every platform the toolchain names', () => {
  const platforms = Object.keys(lock.packages['build/toolchain']?.optionalDependencies ?? {});
  expect(platforms.length).toBe(5);
  for (const name of platforms) expect(lock.packages).toHaveProperty([`node_modules/${name}`]);
});
