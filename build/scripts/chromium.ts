import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './paths.ts';

/** For tests and screenshots: no network traffic of its own, and it must run as root in a container. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

const reachTimeoutMs = 10_000;

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((folder) =>
    resolve(process.env[folder] ?? 'C:/', 'Google/Chrome/Application/chrome.exe'),
  ),
};

/** The Chromium named by CHROMIUM, an installed one, or the one that Playwright fetched; null when none of them runs. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM;
  if (given !== undefined && given !== '') return given;
  return [...(usualPlaces[process.platform] ?? []), chromium.executablePath()].find(runs) ?? null;
}

/** Finds a Chromium or gets one, and says what it does. Throws with what the user can do when there is no way. */
export async function provideChromium(say: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found !== null) return found;

  if (await playwrightReachable()) {
    say('No Chromium is installed: fetching Playwright’s for the tests (about 170 MB, once) …');
    run(process.execPath, [resolve(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
    if (runs(chromium.executablePath())) return chromium.executablePath();
  }
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    say('No Chromium is installed and Playwright’s cannot be had: installing the chromium package with apt-get …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium']);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    'The tests need a Chromium or Chrome, and none could be had. Install one, or set CHROMIUM to the path of its program.',
  );
}

/** A program that is there may still be a stub or lack a library. On Windows --version would open a window: no question. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false;
  return process.platform === 'win32' || spawnSync(path, ['--version', '--no-sandbox'], { timeout: 30_000 }).status === 0;
}

function run(command: string, parameters: readonly string[]): void {
  spawnSync(command, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

async function playwrightReachable(): Promise<boolean> {
  try {
    const host = process.env.PLAYWRIGHT_DOWNLOAD_HOST ?? 'https://cdn.playwright.dev';
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(reachTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}
