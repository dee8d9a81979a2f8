import { formatAddress, parseAddress, type Address } from './address.ts';

/** Chromium drops history writes beyond about 20 a second; a held arrow key makes more. */
const writeDelayMs = 120;

/** View and selection as the address names them, so that back, forward, reload and a copied link work. */
class Navigation {
  #address = $state.raw<Address>(parseAddress(location.hash));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('popstate', () => (this.#address = parseAddress(location.hash)));
    addEventListener('hashchange', () => (this.#address = parseAddress(location.hash)));
  }

  /** Key of the view in the registry; '' for the first one. */
  get view(): string {
    return this.#address.view;
  }

  param(name: string): string {
    return this.#address.params[name] ?? '';
  }

  /** Goes to a view: a new entry of the history. Parameters not named stay as they are. */
  go(view: string, params: Readonly<Record<string, string>> = {}): void {
    this.#write();
    const next = { ...this.#address, view, params: { ...this.#address.params, ...params } };
    if (formatAddress(next) === formatAddress(this.#address)) return;
    this.#address = next;
    history.pushState(null, '', formatAddress(next));
  }

  /** Changes parameters of the present entry. */
  set(params: Readonly<Record<string, string>>): void {
    this.#address = { ...this.#address, params: { ...this.#address.params, ...params } };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), writeDelayMs);
  }

  #write(): void {
    clearTimeout(this.#timer);
    const fragment = formatAddress(this.#address);
    if (fragment !== location.hash) history.replaceState(null, '', fragment);
  }
}

export const navigation = new Navigation();
