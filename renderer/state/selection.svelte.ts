import { navigation } from './navigation.svelte.ts';

function ids(name: string): readonly string[] {
  const value = navigation.param(name);
  return value === '' ? [] : value.split(',');
}

/** Runs chosen by the user, kept in the address: the one inspected, those selected in tables and planes, those compared. */
class Selection {
  readonly selected = $derived(ids('selected'));
  readonly selectedSet: ReadonlySet<string> = $derived(new Set(this.selected));
  readonly compared = $derived(ids('compared'));
  readonly comparedSet: ReadonlySet<string> = $derived(new Set(this.compared));
  /** Compared runs whose lines are not drawn. */
  readonly hidden: ReadonlySet<string> = $derived(new Set(ids('hidden')));

  /** The run in the inspector; '' for none. */
  get runId(): string {
    return navigation.param('run');
  }

  inspect(runId: string): void {
    navigation.set({ run: runId });
  }

  select(runIds: Iterable<string>): void {
    navigation.set({ selected: [...new Set(runIds)].join(',') });
  }

  compare(runIds: Iterable<string>): void {
    const list = [...new Set(runIds)];
    navigation.set({ compared: list.join(','), hidden: [...this.hidden].filter((id) => list.includes(id)).join(',') });
  }

  toggleCompared(runId: string): void {
    this.compare(this.comparedSet.has(runId) ? this.compared.filter((id) => id !== runId) : [...this.compared, runId]);
  }

  setHidden(runIds: Iterable<string>): void {
    navigation.set({ hidden: [...new Set(runIds)].join(',') });
  }
}

export const selection = new Selection();
