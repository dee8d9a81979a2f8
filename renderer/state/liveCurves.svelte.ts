import type { SeriesSlice } from '../../shared/model/series.ts';
import { connection } from './connection.svelte.ts';

/** New points are fetched this often at most; a plot that moves more often is not easier to read. */
const refreshMs = 1000;
const pointsPerCurve = 400;

/** One metric of the runs on screen, kept up to date while they train. One view at a time shows such curves. */
class LiveCurves {
  #slices = $state.raw<ReadonlyMap<string, SeriesSlice>>(new Map());
  #error = $state.raw<unknown>(null);
  #loaded = $state(false);
  #runIds: ReadonlySet<string> = new Set();
  #metric = '';
  #dirty = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;

  get slices(): ReadonlyMap<string, SeriesSlice> {
    return this.#slices;
  }

  get error(): unknown {
    return this.#error;
  }

  /** False until the first answer for what is shown. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Shows these runs; those already held are not fetched again. */
  show(runIds: readonly string[], metric: string): void {
    this.#start();
    const known = metric === this.#metric ? this.#slices : new Map<string, SeriesSlice>();
    this.#runIds = new Set(runIds);
    this.#metric = metric;
    this.#slices = new Map([...known].filter(([id]) => this.#runIds.has(id)));
    this.#dirty = new Set(runIds.filter((id) => !known.has(id)));
    this.#loaded = this.#dirty.size === 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#fetch();
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    connection.on('series.appended', ({ runId }) => {
      if (!this.#runIds.has(runId)) return;
      this.#dirty.add(runId);
      this.#timer ??= setTimeout(() => void this.#fetch(), refreshMs);
    });
    connection.on('workspace.changed', () => this.show([...this.#runIds], this.#metric));
  }

  async #fetch(): Promise<void> {
    this.#timer = undefined;
    const metric = this.#metric;
    const requests = [...this.#dirty].map((runId) => ({ runId, metric }));
    this.#dirty.clear();
    if (requests.length === 0) return;
    try {
      const slices = await connection.call('series.read', { requests, fromStep: null, toStep: null, maxPoints: pointsPerCurve });
      if (metric !== this.#metric) return;
      const wanted = slices.filter((slice) => this.#runIds.has(slice.runId));
      this.#slices = new Map([...this.#slices, ...wanted.map((slice) => [slice.runId, slice] as const)]);
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.#loaded = true;
  }
}

export const liveCurves = new LiveCurves();
