export interface Notice {
  readonly id: number;
  readonly text: string;
  /** Set for a failure: shown until dismissed. */
  readonly error: unknown;
  readonly undo: (() => void) | null;
}

const shownMs = 8000;

/** Short messages at the lower edge: what was done (with undo) and what failed in the background. */
class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #undoable: { readonly id: number; readonly undo: () => Promise<void> | void }[] = [];
  #nextId = 1;

  get list(): readonly Notice[] {
    return this.#list;
  }

  say(text: string): void {
    this.#show(text, null, null);
  }

  fail(text: string, error: unknown): void {
    this.#show(text, error, null);
  }

  /** Says what was done and offers to undo it, here and by Mod+Z (the last ten). */
  done(text: string, undo: () => Promise<void> | void): void {
    const id = this.#show(text, null, () => void this.undo(id));
    this.#undoable = [...this.#undoable, { id, undo }].slice(-10);
  }

  /** Undoes the given or the last undoable action; says so when there is none. */
  async undo(id = this.#undoable.at(-1)?.id): Promise<void> {
    const action = this.#undoable.find((entry) => entry.id === id);
    if (action === undefined) {
      this.say('Nothing to undo');
      return;
    }
    this.#undoable = this.#undoable.filter((entry) => entry !== action);
    this.dismiss(action.id);
    await this.attempt('Could not undo', async () => action.undo());
  }

  /** Runs an action of the user; a failure becomes a notice. Returns whether it worked. */
  async attempt(failure: string, action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.fail(failure, error);
      return false;
    }
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  #show(text: string, error: unknown, undo: (() => void) | null): number {
    const id = this.#nextId++;
    this.#list = [...this.#list, { id, text, error, undo }].slice(-4);
    if (error === null) setTimeout(() => this.dismiss(id), shownMs);
    return id;
  }
}

export const notices = new Notices();
