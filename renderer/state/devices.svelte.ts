import type { DeviceReport } from '../../shared/model/device.ts';
import { connection } from './connection.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** What can train on this machine, as the host's probe found it. */
class Devices {
  #refresh = false;
  readonly #report = new Resource<DeviceReport>(() => connection.call('devices.list', { refresh: this.#refresh }));
  #started = false;

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#report.refresh();
  }

  get report(): DeviceReport | undefined {
    return this.#report.value;
  }

  get error(): unknown {
    return this.#report.error;
  }

  get probing(): boolean {
    return this.#report.loading;
  }

  /** A fresh probe: loads every library once, seconds. */
  async probe(): Promise<void> {
    this.#refresh = true;
    await this.#report.refresh();
    this.#refresh = false;
  }
}

export const devices = new Devices();
