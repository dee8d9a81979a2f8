import type { Sweep, SweepSpec } from '../../shared/model/sweep.ts';
import { connection } from './connection.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** The sweeps of the open workspace. */
class Sweeps {
  readonly #list = new Resource<readonly Sweep[]>(() => connection.call('sweeps.list', {}));
  #started = false;

  /** Called by the views that show sweeps; listens from the first call on. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.refresh();
    connection.on('workspace.changed', this.refresh);
    connection.on('sweeps.changed', this.refresh);
  }

  refresh = (): void => void this.#list.refresh();

  /** Newest first; empty while the first answer is awaited. */
  readonly all = $derived([...(this.#list.value ?? [])].sort((a, b) => b.createdAt - a.createdAt));

  get loaded(): boolean {
    return this.#list.value !== undefined;
  }

  get error(): unknown {
    return this.#list.error;
  }

  get(sweepId: string): Sweep | undefined {
    return this.all.find((sweep) => sweep.id === sweepId);
  }

  async create(spec: SweepSpec): Promise<Sweep> {
    const sweep = await connection.call('sweeps.create', { spec, start: true });
    await this.#list.refresh();
    return sweep;
  }

  /** Trains the one cell of a specification as a run that belongs to no sweep. */
  async trainOne(spec: SweepSpec): Promise<string> {
    const config = spec.stepsRule.kind === 'fixed' ? { ...spec.base, steps: spec.stepsRule.steps } : spec.base;
    const { runId } = await connection.call('training.start', { name: spec.name, config, device: spec.device, priority: 0 });
    return runId;
  }

  async pause(sweepId: string): Promise<void> {
    await connection.call('sweeps.pause', { sweepId });
  }

  async resume(sweepId: string): Promise<void> {
    await connection.call('sweeps.resume', { sweepId });
  }

  async cancel(sweepId: string): Promise<void> {
    await connection.call('sweeps.cancel', { sweepId });
  }
}

export const sweeps = new Sweeps();
