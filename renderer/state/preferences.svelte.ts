/**
 * Small layout choices of this window (open panels, widths, columns), kept in local storage. A stored value of another
 * type than the default is ignored.
 */
export class Preference<T extends string | number | boolean | readonly string[]> {
  readonly #key: string;
  #value = $state.raw() as T;

  constructor(name: string, initial: T) {
    this.#key = `etalon.${name}`;
    this.#value = read(this.#key, initial);
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Storage is full or refused: the choice holds until the window closes.
    }
  }
}

function read<T>(key: string, initial: T): T {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    const fits = Array.isArray(initial)
      ? Array.isArray(stored) && stored.every((item) => typeof item === 'string')
      : typeof stored === typeof initial;
    return fits ? (stored as T) : initial;
  } catch {
    return initial;
  }
}

export const sideBarCollapsed = new Preference<boolean>('sideBarCollapsed', false);
export const inspectorOpen = new Preference<boolean>('inspectorOpen', true);
export const inspectorWidthPx = new Preference<number>('inspectorWidthPx', 296);
