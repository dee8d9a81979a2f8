import type { RunSummary } from '../../../shared/model/run.ts';

/** A run with the given differences from a plain finished one. */
export function runSummary(change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    name: 'run',
    state: 'finished',
    message: null,
    lr: 0.1,
    wd: 0.02,
    weightDecayMode: 'coupled',
    momentum: 0,
    intrinsicLr: 0.002,
    batchSize: 128,
    model: 'mlp 64-64',
    dataset: 'mnist',
    norm: 'batch',
    seed: 0,
    replica: 0,
    steps: 2000,
    lastStep: 1999,
    testAccuracy: 0.97,
    trainLoss: 0.1,
    sweepId: null,
    source: 'etalon',
    device: 'wasm',
    tags: [],
    hasNotes: false,
    createdAt: 0,
    startedAt: null,
    endedAt: null,
    deletedAt: null,
    priority: 0,
    relaxationTime: null,
    verdict: null,
    ...change,
  };
}
