/** Rows chosen by a click or key on `id`, as file managers do it; `anchor` is where a range begins. */
export interface RowSelection {
  readonly selected: readonly string[];
  readonly anchor: string;
}

export function selectRows(
  order: readonly string[],
  current: { readonly selected: ReadonlySet<string>; readonly anchor: string },
  id: string,
  keys: { readonly shift: boolean; readonly mod: boolean },
): RowSelection {
  if (keys.shift) {
    const from = order.indexOf(current.anchor);
    const to = order.indexOf(id);
    if (from === -1 || to === -1) return { selected: [id], anchor: id };
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { selected: keys.mod ? [...new Set([...current.selected, ...range])] : range, anchor: current.anchor };
  }
  if (keys.mod) {
    const selected = current.selected.has(id) ? [...current.selected].filter((other) => other !== id) : [...current.selected, id];
    return { selected, anchor: id };
  }
  return { selected: [id], anchor: id };
}
