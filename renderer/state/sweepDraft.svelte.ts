import type { InputIssue } from '../../shared/model/errors.ts';
import { EtalonError } from '../../shared/model/errors.ts';
import { parseInput } from '../../shared/model/fields.ts';
import { sweepSpecSchema, type SweepCell, type SweepPlan, type SweepSpec } from '../../shared/model/sweep.ts';
import type { TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { sweepCells } from '../../shared/sweep/cells.ts';
import { connection } from './connection.svelte.ts';
import { defaultDraft, draftSpec, restoreDraft, type SweepDraft } from './sweepDraft.ts';

const storageKey = 'etalon.sweepDraft';
const planDelayMs = 250;

type Checked =
  | { readonly spec: SweepSpec; readonly cells: readonly SweepCell[]; readonly issues: readonly InputIssue[] }
  | { readonly spec: null; readonly cells: readonly SweepCell[]; readonly issues: readonly InputIssue[] };

/** The sweep being written: kept over reloads, checked at every change, its cost asked of the host when it is sound. */
class SweepDraftState {
  #draft = $state.raw<SweepDraft>(restoreDraft(localStorage.getItem(storageKey)) ?? defaultDraft);
  #plan = $state.raw<SweepPlan | null>(null);
  #planError = $state.raw<unknown>(null);
  #planning = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #planned = 0;

  readonly #checked: Checked = $derived(check(this.#draft));
  readonly #issueByPath = $derived(new Map([...this.#checked.issues].reverse().map((issue) => [issue.path, issue])));

  get draft(): SweepDraft {
    return this.#draft;
  }

  /** The checked specification; null while something is wrong. */
  get spec(): SweepSpec | null {
    return this.#checked.spec;
  }

  get cells(): readonly SweepCell[] {
    return this.#checked.cells;
  }

  get issues(): readonly InputIssue[] {
    return this.#checked.issues;
  }

  get plan(): SweepPlan | null {
    return this.#plan;
  }

  get planError(): unknown {
    return this.#planError;
  }

  get planning(): boolean {
    return this.#planning;
  }

  /** What is wrong with a field, or with an entry of a list field; undefined when nothing is. */
  error(path: string): string | undefined {
    const exact = this.#issueByPath.get(path);
    if (exact !== undefined) return sentence(exact);
    for (const [at, issue] of this.#issueByPath) if (at.startsWith(`${path}.`)) return sentence(issue);
    return undefined;
  }

  change(change: Partial<SweepDraft>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#keep();
    this.replan();
  }

  changeBase(change: Partial<TrainingConfig>): void {
    this.change({ base: { ...this.#draft.base, ...change } });
  }

  replace(draft: SweepDraft): void {
    this.#draft = draft;
    this.#keep();
    this.replan();
  }

  /** Asks for the cost of the draft, after a pause in typing. */
  replan(): void {
    clearTimeout(this.#timer);
    const { spec } = this.#checked;
    if (spec === null) {
      this.#plan = null;
      this.#planning = false;
      this.#planned++;
      return;
    }
    this.#planning = true;
    this.#timer = setTimeout(() => void this.#ask(spec), planDelayMs);
  }

  async #ask(spec: SweepSpec): Promise<void> {
    const asked = ++this.#planned;
    try {
      const plan = await connection.call('sweeps.plan', { spec });
      if (asked !== this.#planned) return;
      this.#plan = plan;
      this.#planError = null;
    } catch (error) {
      if (asked !== this.#planned) return;
      this.#plan = null;
      this.#planError = error;
    }
    this.#planning = false;
  }

  #keep(): void {
    try {
      localStorage.setItem(storageKey, JSON.stringify(this.#draft));
    } catch {
      // Storage is full or refused: the draft holds until the window closes.
    }
  }
}

function sentence(issue: InputIssue): string {
  return `${issue.message}; got ${issue.received}`;
}

function check(draft: SweepDraft): Checked {
  try {
    const spec = parseInput(sweepSpecSchema, draftSpec(draft), 'sweep');
    return { spec, cells: sweepCells(spec), issues: [] };
  } catch (error) {
    if (!(error instanceof EtalonError) || error.issues === undefined) throw error;
    return { spec: null, cells: [], issues: error.issues };
  }
}

export const sweepDraft = new SweepDraftState();
