import type { ScalingFit } from '../../shared/model/analysis.ts';
import { EtalonError } from '../../shared/model/errors.ts';
import { analyses } from './analyses.svelte.ts';

/** The law through a set of runs: analyses those that lack it first (a task of the host), then fits. */
class Scaling {
  #fit = $state.raw<ScalingFit | null>(null);
  #error = $state.raw<unknown>(null);
  #working = $state<'runs' | 'fit' | null>(null);
  #cancelled = $state(false);
  #shown = '';
  #asked = 0;

  get fit(): ScalingFit | null {
    return this.#fit;
  }

  get error(): unknown {
    return this.#error;
  }

  /** What is being done: analysing the runs, or fitting the law. */
  get working(): 'runs' | 'fit' | null {
    return this.#working;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Fits these runs; a set that is already shown is fitted again only with `refresh`. */
  async show(runIds: readonly string[], refresh = false): Promise<void> {
    const key = runIds.join(',');
    if (key === this.#shown && !refresh && this.#error === null) return;
    // A set that only grew, as a sweep goes on, keeps its law on screen until the next one is there.
    const before = new Set(this.#shown.split(','));
    if (!runIds.some((id) => before.has(id))) this.#fit = null;
    this.#shown = key;
    this.#error = null;
    this.#cancelled = false;
    const asked = ++this.#asked;
    if (runIds.length === 0) {
      this.#fit = null;
      this.#working = null;
      return;
    }
    try {
      this.#working = 'runs';
      await analyses.runs(runIds, refresh);
      if (asked !== this.#asked) return;
      this.#working = 'fit';
      const fit = await analyses.scaling(runIds);
      if (asked !== this.#asked) return;
      this.#fit = fit;
    } catch (error) {
      if (asked !== this.#asked) return;
      if (error instanceof EtalonError && error.code === 'cancelled') this.#cancelled = true;
      else this.#error = error;
    }
    this.#working = null;
  }
}

export const scaling = new Scaling();
