import { SvelteMap } from 'svelte/reactivity';
import type { RunDetail } from '../../shared/model/run.ts';
import { connection } from './connection.svelte.ts';
import { runs } from './runs.svelte.ts';

/** Details of runs that a view needs of many at a time (steps per epoch); read once per run and workspace. */
class RunDetails {
  readonly #held = new SvelteMap<string, RunDetail | null>();

  start(): void {
    connection.on('workspace.changed', () => this.#held.clear());
  }

  /** undefined: not read yet; null: could not be read. */
  get(runId: string): RunDetail | null | undefined {
    return this.#held.get(runId);
  }

  async want(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) {
      if (this.#held.get(runId)) continue;
      try {
        this.#held.set(runId, await runs.detail(runId));
      } catch {
        this.#held.set(runId, null);
      }
    }
  }
}

export const runDetails = new RunDetails();
