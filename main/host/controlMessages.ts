import type { MessagePort } from 'node:worker_threads';
import type { FromTrainer, ToTrainer } from '../training/messages.ts';

/** What the front's thread and the host thread say beside the RPC ports: connections, training processes, the end. */

export type ToHost =
  | { readonly kind: 'connect'; readonly port: MessagePort }
  | { readonly kind: 'close' }
  | { readonly kind: 'trainer-launched'; readonly trainer: number; readonly pid: number | undefined }
  | { readonly kind: 'trainer-message'; readonly trainer: number; readonly message: FromTrainer }
  | {
      readonly kind: 'trainer-exit';
      readonly trainer: number;
      readonly code: number | null;
      readonly signal: string | null;
      readonly output: string;
    };

export type FromHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'launch'; readonly trainer: number }
  | { readonly kind: 'to-trainer'; readonly trainer: number; readonly message: ToTrainer }
  | { readonly kind: 'kill-trainer'; readonly trainer: number };
