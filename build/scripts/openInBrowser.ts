import { spawn } from 'node:child_process';

/** Whether this machine can show a window. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/** Asks the system to show the address. It may have no browser: the address is printed too, so nothing is said. */
export function openInBrowser(url: string): void {
  const [command, ...parameters] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
