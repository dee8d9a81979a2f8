import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Writes package-lock.json anew (`npm run lock`, after any change of dependencies). Two things npm does not do by itself:
 * - no registry addresses, so that the lock works with any mirror;
 * - `gypfile: false` for better-sqlite3. It ships its binaries and says so in its package.json, but npm reads only the lock,
 *   sees binding.gyp and would compile it, which fails on machines without a compiler or network.
 * A lock made beside an existing node_modules lacks the other platforms' optional packages; hence the empty folder.
 */
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'etalon-lock-'));
try {
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'build/toolchain'), join(folder, 'build/toolchain'), { recursive: true });
  execFileSync('npm', ['install', '--ignore-scripts', '--omit-lockfile-registry-resolved'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: Record<string, object> };
  Object.assign(lock.packages['node_modules/better-sqlite3'] ?? {}, { gypfile: false });
  writeFileSync(join(root, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
