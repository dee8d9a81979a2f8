import { spawn } from 'node:child_process';
import { hasDisplay } from './openInBrowser.ts';
import { fetchElectron, findElectron } from './electronBinary.ts';
import { root } from './paths.ts';

/** A start that ends badly this soon never showed its window: a missing system library, a forbidden sandbox. */
const failedStartMs = 15_000;

/** Runs the desktop window until it is closed. A text says why there can be none; null that there was one. */
export async function startDesktop(workspace: string | null, say: (line: string) => void): Promise<string | null> {
  if (!hasDisplay()) return 'this machine has no display';
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron’s sandbox does not work for root';
  const binary = findElectron() ?? (await fetchElectron(say));
  if (binary === null) return 'Electron could not be fetched';
  const code = await runWindow(binary, [root, ...(workspace === null ? [] : [workspace])]);
  if (code === null) return 'Electron did not start';
  process.exitCode = code;
  return null;
}

/** The window's exit code; null when it never came up. */
export async function runWindow(binary: string, parameters: readonly string[]): Promise<number | null> {
  const startedAt = Date.now();
  const child = spawn(binary, parameters, { stdio: 'inherit' });
  // Ctrl-C reaches the window's process too; it pauses training and ends, and this process with it.
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      if (signal !== 'SIGINT') child.kill(signal);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
    child.on('error', () => resolve(null));
  });
  if (asked || Date.now() - startedAt > failedStartMs) return code ?? 1;
  return code === 0 ? 0 : null;
}
