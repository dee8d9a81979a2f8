import { SvelteMap } from 'svelte/reactivity';
import type { SeriesSlice } from '../../shared/model/series.ts';
import { grow, growing, type GrowingSlice } from '../plot/slices.ts';
import { connection } from './connection.svelte.ts';

export interface SeriesRequest {
  readonly runId: string;
  readonly metric: string;
}

export interface WindowRequest extends SeriesRequest {
  readonly fromStep: number;
  readonly toStep: number;
}

/** `data` null: the run has no such series. */
interface Held {
  readonly data: GrowingSlice | null;
  readonly maxPoints: number;
}

interface HeldWindow {
  readonly fromStep: number;
  readonly toStep: number;
  readonly slice: SeriesSlice;
}

/** Lines that are kept; of more, those first fetched are dropped. */
const keptLines = 4000;
/** So that the first lines of many show early. */
const linesPerCall = 64;
const windowDelayMs = 80;
const growDelayMs = 500;

const keyOf = ({ runId, metric }: SeriesRequest): string => `${runId} ${metric}`;

/**
 * Series as plots need them: of each an overview at a level of detail, grown at its end while the run trains, and the
 * window last zoomed into where the overview is too coarse.
 */
class SeriesCache {
  readonly #overviews = new SvelteMap<string, Held>();
  readonly #windows = new SvelteMap<string, HeldWindow>();
  readonly #pending = new Set<string>();
  #error = $state.raw<unknown>(null);
  readonly #waiting = new Map<string, WindowRequest>();
  #windowTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #dirty = new Set<string>();
  #growTimer: ReturnType<typeof setTimeout> | undefined;
  /** Answers of an earlier workspace are dropped. */
  #generation = 0;

  start(): void {
    connection.on('workspace.changed', () => this.#clear());
    connection.on('series.appended', ({ runId }) => {
      this.#dirty.add(runId);
      if (this.#growTimer === undefined) this.#growTimer = setTimeout(() => void this.#grow(), growDelayMs);
    });
  }

  /** Why the last read failed; null after one that did not. */
  get error(): unknown {
    return this.#error;
  }

  /** undefined: not read yet; null: the run has no such series. */
  overview(request: SeriesRequest): SeriesSlice | null | undefined {
    const held = this.#overviews.get(keyOf(request));
    return held === undefined ? undefined : (held.data?.slice ?? null);
  }

  /** The finest that is held and covers the steps: the window, else the overview. */
  covering(request: WindowRequest): SeriesSlice | null | undefined {
    const window = this.#windows.get(keyOf(request));
    if (window !== undefined && window.fromStep <= request.fromStep && window.toStep >= request.toStep) return window.slice;
    return this.overview(request);
  }

  /** Reads those overviews that are not held with at least half as many points. */
  async want(requests: readonly SeriesRequest[], maxPoints: number): Promise<void> {
    const missing = requests.filter((request) => {
      const key = keyOf(request);
      const held = this.#overviews.get(key);
      const enough =
        held !== undefined && (held.maxPoints * 2 >= maxPoints || held.data?.slice.level === 0 || held.data === null);
      return !enough && !this.#pending.has(key);
    });
    for (let i = 0; i < missing.length; i += linesPerCall) await this.#read(missing.slice(i, i + linesPerCall), maxPoints);
  }

  /** Reads the windows where the overview is coarser than every point, soon: zooming asks many times, and every plot asks. */
  wantWindows(requests: readonly WindowRequest[], maxPoints: number): void {
    for (const request of requests) {
      if (this.#isTooCoarse(request)) this.#waiting.set(keyOf(request), request);
      else this.#waiting.delete(keyOf(request));
    }
    clearTimeout(this.#windowTimer);
    if (this.#waiting.size > 0) this.#windowTimer = setTimeout(() => void this.#readWindows(maxPoints), windowDelayMs);
  }

  #isTooCoarse(request: WindowRequest): boolean {
    if ((this.overview(request)?.level ?? 0) === 0) return false;
    const window = this.#windows.get(keyOf(request));
    if (window === undefined || window.fromStep > request.fromStep || window.toStep < request.toStep) return true;
    return window.slice.level > 0 && window.toStep - window.fromStep > 8 * (request.toStep - request.fromStep);
  }

  async #read(requests: readonly SeriesRequest[], maxPoints: number): Promise<void> {
    const generation = this.#generation;
    for (const request of requests) this.#pending.add(keyOf(request));
    try {
      const slices = await this.#call(requests, null, null, maxPoints);
      if (generation !== this.#generation) return;
      const found = new Map(slices.map((slice) => [keyOf(slice), growing(slice)]));
      for (const request of requests) this.#overviews.set(keyOf(request), { data: found.get(keyOf(request)) ?? null, maxPoints });
      for (const key of this.#overviews.keys()) if (this.#overviews.size > keptLines) this.#overviews.delete(key);
      this.#error = null;
    } catch (error) {
      this.#error = error;
    } finally {
      for (const request of requests) this.#pending.delete(keyOf(request));
    }
  }

  async #readWindows(maxPoints: number): Promise<void> {
    const generation = this.#generation;
    // Runs on a common step axis share one window and so one call.
    const groups = Map.groupBy(this.#waiting.values(), ({ fromStep, toStep }) => `${fromStep} ${toStep}`);
    this.#waiting.clear();
    try {
      for (const group of groups.values()) {
        const { fromStep, toStep } = group[0]!;
        // Room at both sides, so that panning a little shows no gap.
        const margin = (toStep - fromStep) / 2;
        const slices = await this.#call(group, fromStep - margin, toStep + margin, maxPoints * 2);
        if (generation !== this.#generation) return;
        for (const slice of slices)
          this.#windows.set(keyOf(slice), { fromStep: fromStep - margin, toStep: toStep + margin, slice });
      }
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
  }

  async #grow(): Promise<void> {
    this.#growTimer = undefined;
    const generation = this.#generation;
    const runIds = new Set(this.#dirty);
    this.#dirty.clear();
    const lines = [...this.#overviews].flatMap(([key, held]) => {
      const [runId = '', metric = ''] = splitKey(key);
      return runIds.has(runId) ? [{ runId, metric, held }] : [];
    });
    for (const { runId, metric } of lines) this.#windows.delete(keyOf({ runId, metric }));
    const groups = Map.groupBy(lines, ({ runId, held }) => `${runId} ${held.data?.slice.steps.at(-1) ?? ''}`);
    try {
      for (const group of groups.values()) {
        const fromStep = group[0]!.held.data?.slice.steps.at(-1) ?? null;
        const { maxPoints } = group[0]!.held;
        const tails = new Map((await this.#call(group, fromStep, null, maxPoints)).map((slice) => [keyOf(slice), slice]));
        if (generation !== this.#generation) return;
        for (const line of group) this.#join(line, line.held, tails.get(keyOf(line)));
      }
    } catch (error) {
      this.#error = error;
    }
  }

  #join(request: SeriesRequest, held: Held, tail: SeriesSlice | undefined): void {
    if (tail === undefined) return;
    const data = held.data === null ? growing(tail) : grow(held.data, tail);
    // Twice the points that were asked for: time for a coarser level, read as a whole.
    const full = data === null || data.slice.steps.length > 8 * held.maxPoints;
    if (full) void this.#read([request], held.maxPoints);
    else this.#overviews.set(keyOf(request), { ...held, data });
  }

  #call(requests: readonly SeriesRequest[], fromStep: number | null, toStep: number | null, maxPoints: number) {
    const plain = requests.map(({ runId, metric }) => ({ runId, metric }));
    return connection.call('series.read', { requests: plain, fromStep, toStep, maxPoints });
  }

  #clear(): void {
    this.#generation++;
    this.#overviews.clear();
    this.#windows.clear();
    this.#waiting.clear();
    this.#dirty.clear();
  }
}

/** Run ids have no spaces; metric names of other tools may. */
function splitKey(key: string): readonly [string, string] {
  const space = key.indexOf(' ');
  return [key.slice(0, space), key.slice(space + 1)];
}

export const seriesCache = new SeriesCache();
