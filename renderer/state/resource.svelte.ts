/**
 * A value of the host with its error, fetched again on demand. Refreshes asked for while one is under way become one
 * more after it, so a burst of notices costs two calls. The last good value stays while a new one is fetched.
 */
export class Resource<T> {
  readonly #load: () => Promise<T>;
  #value = $state.raw<T | undefined>(undefined);
  #error = $state.raw<unknown>(null);
  #loading = $state(false);
  #again = false;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  get value(): T | undefined {
    return this.#value;
  }

  get error(): unknown {
    return this.#error;
  }

  get loading(): boolean {
    return this.#loading;
  }

  set(value: T): void {
    this.#value = value;
    this.#error = null;
  }

  refresh = async (): Promise<void> => {
    if (this.#loading) {
      this.#again = true;
      return;
    }
    this.#loading = true;
    try {
      do {
        this.#again = false;
        this.set(await this.#load());
      } while (this.#again);
    } catch (error) {
      this.#error = error;
    } finally {
      this.#loading = false;
    }
  };
}
