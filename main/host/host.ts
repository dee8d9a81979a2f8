import type { ContractHandlers, EventMap, EventName, FrontMessage, Notice, Reply } from '../../shared/rpc/contract.ts';
import { dispatch } from '../../shared/rpc/dispatch.ts';
import type { AppInfo } from '../../shared/rpc/workspace.ts';
import type { TrainerLauncher } from '../training/launcher.ts';

export interface HostOptions {
  readonly dataFolder: string;
  readonly front: AppInfo['front'];
  readonly launcher: TrainerLauncher;
}

/** Database, services and queue behind the contract; thread.ts runs one in a worker thread, tests run it in place. */
export interface Host {
  handle(request: FrontMessage): Promise<Reply>;
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Pauses training (checkpoint), closes the workspace. */
  close(): Promise<void>;
}

export function createHost(_options: HostOptions): Host {
  const listeners = new Set<(notice: Notice) => void>();
  const emit = <E extends EventName>(event: E, payload: EventMap[E]): void => {
    for (const listener of listeners) listener({ kind: 'event', event, payload });
  };
  void emit;
  const handlers: Partial<ContractHandlers> = {};
  return {
    handle: (request) => dispatch(handlers, request),
    onNotice(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
}
