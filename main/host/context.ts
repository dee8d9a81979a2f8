import type { Database } from 'better-sqlite3';
import type { EventMap, EventName } from '../../shared/rpc/contract.ts';
import type { AppInfo } from '../../shared/rpc/workspace.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { TrainerLauncher } from '../training/launcher.ts';

/** What every service gets: the open database, the way to announce changes, and the few shared facilities. */
export interface HostContext {
  /** Folder of settings, recent files, the example copy: ETALON_HOME or the platform's place for application data. */
  readonly dataFolder: string;
  readonly front: AppInfo['front'];
  readonly launcher: TrainerLauncher;
  readonly workspace: WorkspaceHolder;
  readonly settings: SettingsHolder;
  readonly tasks: TaskRunner;
  emit<E extends EventName>(event: E, payload: EventMap[E]): void;
}

/** The one open workspace. Its listeners are called in the order they were added. */
export interface WorkspaceHolder {
  readonly path: string | null;
  /** Throws `no-workspace` when nothing is open. */
  database(): Database;
  onOpened(listener: () => void): void;
  /** Awaited before the file is closed: stop what writes to it. */
  onClosing(listener: () => Promise<void>): void;
}

export interface SettingsHolder {
  readonly current: Settings;
}

export interface TaskHandle {
  readonly signal: AbortSignal;
  /** Announces progress, at most 10 times a second. */
  progress(done: number, total: number): void;
}

/** Long work with progress and cancel; rejects with `cancelled` when the user cancelled it. */
export interface TaskRunner {
  run<T>(label: string, work: (task: TaskHandle) => Promise<T>): Promise<T>;
}
