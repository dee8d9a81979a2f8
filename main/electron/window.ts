import { BrowserWindow, nativeTheme, screen } from 'electron';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder } from '../dataFolder.ts';
import { appUrl } from './appPage.ts';
import { readWindowState, restoreWindow, smallestWindow, writeWindowState } from './windowState.ts';

/** The paper colours of renderer/tokens.css, so that the window does not flash while the page loads. */
const paper = { light: '#ffffff', dark: '#16181d' } as const;

/** Opens the workbench where it was last. */
export function openWindow(): BrowserWindow {
  const stateFile = resolve(dataFolder(), 'window.json');
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...bounds } = restoreWindow(readWindowState(stateFile), workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Etalon',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(appUrl);
  return window;
}
