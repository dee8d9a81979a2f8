import type { Database } from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../main/db/newId.ts';
import { closeDatabase, createDatabase } from '../../main/db/open.ts';
import { findRun, getRunDetail, insertRun } from '../../main/db/queries/runs.ts';
import { getCheckpoint } from '../../main/db/queries/checkpoints.ts';
import { readAllPoints } from '../../main/db/series/read.ts';
import { trainingRunColumns } from '../../main/db/runColumns.ts';
import { createQueue, type Queue, type QueueOptions } from '../../main/host/queue/queue.ts';
import { maxFruitlessDeaths } from '../../main/host/queue/restarts.ts';
import { createQueueStore } from '../../main/host/queue/store.ts';
import type { FromTrainer } from '../../main/training/messages.ts';
import { defaultTrainingConfig } from '../../shared/model/trainingConfig.ts';
import { scriptedLauncher, type ScriptedTrainer } from './scriptedTrainers.ts';

let folder: string;
let db: Database;
let queue: Queue;
let trainers: ScriptedTrainer[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'etalon-queue-'));
  db = createDatabase(join(folder, 'test.etalon'));
});

afterEach(async () => {
  await queue.close('end of test');
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

function start(options: Partial<QueueOptions> = {}): void {
  const scripted = scriptedLauncher();
  trainers = scripted.trainers;
  queue = createQueue({
    launcher: scripted.launcher,
    store: createQueueStore(() => db),
    limits: { startMs: 5000, silenceMs: 5000, stopMs: 5000 },
    workersOf: () => 2,
    idleMs: 60_000,
    closeMs: 50,
    onStates: () => undefined,
    onPoints: () => undefined,
    onQueue: () => undefined,
    ...options,
  });
}

let clock = 0;

function add(...runs: { name: string; priority?: number; device?: string; pool?: string }[]): string[] {
  const added = runs.map(({ name, priority = 0, device = 'js', pool = 'cpu' }) => ({
    runId: newId(),
    name,
    priority,
    device,
    pool,
  }));
  const createdAt = clock++;
  for (const { runId, name, priority, device } of added) {
    const config = defaultTrainingConfig;
    insertRun(db, {
      id: runId,
      name,
      state: 'queued',
      config,
      columns: trainingRunColumns(config),
      sweepId: null,
      source: 'etalon',
      device,
      priority,
      createdAt,
      tags: [],
    });
  }
  queue.add(added.map((run) => ({ ...run, kind: 'k', createdAt, steps: 2000, step: 0 })));
  return added.map((run) => run.runId);
}

const state = (runId: string | undefined) => findRun(db, runId!)!.state;
const message = (runId: string | undefined) => findRun(db, runId!)!.message;
const started: FromTrainer = { kind: 'started', groups: [], stepsPerEpoch: 469 };
const finished: FromTrainer = { kind: 'finished', step: 2000, outcome: 'finished' };
/** Losses of the steps `from` to `to` - 1, and a checkpoint at `to` when asked for. */
const points = (from: number, to: number, checkpoint = false): FromTrainer => {
  const steps = Float64Array.from({ length: to - from }, (_, i) => from + i);
  const saved = { step: to, wallSeconds: to / 100, bytes: Uint8Array.of(1, 2, to % 256) };
  return {
    kind: 'points',
    step: to,
    series: { 'train/loss': { steps, values: steps.map((s) => 1 / (1 + s)) } },
    checkpoint: checkpoint ? saved : null,
  };
};
const jobOf = (trainer: ScriptedTrainer | undefined) => trainer?.received.findLast((m) => m.kind === 'train');
const turn = () => wait(1);

describe('giving out work', () => {
  it('trains as many runs as there are workers, by priority, and the next when one is done', async () => {
    start();
    const [low, high, middle] = add({ name: 'low', priority: -1 }, { name: 'high', priority: 5 }, { name: 'middle' });
    await turn();
    expect([state(high), state(middle), state(low)]).toEqual(['running', 'running', 'queued']);
    trainers[0]!.say(started, finished);
    await turn();
    expect([state(high), state(middle), state(low)]).toEqual(['finished', 'running', 'running']);
  });

  it('uses a process again for the next run on the same device, and another for another device', async () => {
    start({ workersOf: () => 1 });
    const [first, second, third] = add({ name: 'a' }, { name: 'b' }, { name: 'c', device: 'wasm' });
    await turn();
    trainers[0]!.say(started, finished);
    await turn();
    expect([trainers.length, jobOf(trainers[0])?.runId]).toEqual([1, second]);
    trainers[0]!.say(started, finished);
    await turn();
    expect(trainers).toHaveLength(2);
    expect(trainers[0]!.killed).toBe(true);
    expect(jobOf(trainers[1])?.device).toBe('wasm');
    expect([state(first), state(second), state(third)]).toEqual(['finished', 'finished', 'running']);
  });

  it('leaves a run alone that was moved to the trash while it waited', async () => {
    start({ workersOf: () => 1 });
    const [, waiting] = add({ name: 'a' }, { name: 'b' });
    db.prepare("UPDATE runs SET deleted_at = 1, state = 'paused' WHERE id = ?").run(waiting);
    await turn();
    trainers[0]!.say(started, finished);
    await turn();
    expect(state(waiting)).toBe('paused');
    expect(trainers[0]!.received.filter((m) => m.kind === 'train')).toHaveLength(1);
  });

  it('gives no work while the queue is paused, and goes on from the checkpoint afterwards', async () => {
    start({ workersOf: () => 1 });
    const [running, waiting] = add({ name: 'a' }, { name: 'b' });
    await turn();
    const paused = queue.pauseAll();
    trainers[0]!.say(started, points(0, 30, true), { kind: 'stopped', step: 30 });
    await paused;
    expect([state(running), state(waiting), queue.state().paused]).toEqual(['queued', 'queued', true]);
    queue.resumeAll();
    await turn();
    expect(jobOf(trainers[0])).toMatchObject({ runId: running, checkpoint: { step: 30 } });
  });
});

describe('what people ask for', () => {
  it('pauses a running run only when its process has stopped with a checkpoint', async () => {
    start();
    const [runId] = add({ name: 'a' });
    await turn();
    trainers[0]!.say(started, points(0, 10));
    let done = false;
    const paused = queue.pause([runId!], null).then(() => (done = true));
    await turn();
    expect([done, state(runId), trainers[0]!.received.at(-1)?.kind]).toEqual([false, 'running', 'stop']);
    trainers[0]!.say(points(10, 12, true), { kind: 'stopped', step: 12 });
    await paused;
    expect(state(runId)).toBe('paused');
    expect(getCheckpoint(db, runId!)?.step).toBe(12);
    expect(readAllPoints(db, runId!, 'train/loss')?.steps).toHaveLength(12);
  });

  it('cancels waiting and running runs; points stay, the checkpoint goes', async () => {
    start({ workersOf: () => 1 });
    const [running, waiting] = add({ name: 'a' }, { name: 'b' });
    await turn();
    const cancelled = queue.cancel([running!, waiting!]);
    expect(state(waiting)).toBe('cancelled');
    trainers[0]!.say(started, points(0, 5, true), { kind: 'stopped', step: 5 });
    await cancelled;
    expect([state(running), getCheckpoint(db, running!)]).toEqual(['cancelled', null]);
    expect(readAllPoints(db, running!, 'train/loss')?.steps).toHaveLength(5);
  });

  it('keeps a run finished that finished before it could be paused', async () => {
    start();
    const [runId] = add({ name: 'a' });
    await turn();
    const paused = queue.pause([runId!], null);
    trainers[0]!.say(started, finished);
    await paused;
    expect(state(runId)).toBe('finished');
  });

  it('kills a process that does not stop in time and keeps the run paused', async () => {
    start({ limits: { startMs: 5000, silenceMs: 5000, stopMs: 30 } });
    const [runId] = add({ name: 'a' });
    await turn();
    trainers[0]!.say(started, points(0, 5, true));
    await queue.pause([runId!], null);
    expect([trainers[0]!.killed, state(runId)]).toEqual([true, 'paused']);
  });

  it('lets a later priority overtake', async () => {
    start({ workersOf: () => 1 });
    const [, second, third] = add({ name: 'a' }, { name: 'b' }, { name: 'c' });
    queue.setPriority([third!], 7);
    await turn();
    trainers[0]!.say(started, finished);
    await turn();
    expect([state(second), state(third), findRun(db, third!)!.priority]).toEqual(['queued', 'running', 7]);
  });

  it('pauses everything with a word of explanation when it closes, also where a process does not answer', async () => {
    start({ workersOf: () => 1 });
    const [running, waiting] = add({ name: 'a' }, { name: 'b' });
    await turn();
    await queue.close('closed');
    expect([state(running), state(waiting), message(running), message(waiting)]).toEqual([
      'paused',
      'paused',
      'closed',
      'closed',
    ]);
    expect(trainers[0]!.killed).toBe(true);
  });
});

describe('processes that die', () => {
  it('starts the run again from its last checkpoint, without gaps or duplicates in the series', async () => {
    start();
    const [runId] = add({ name: 'a' });
    await turn();
    trainers[0]!.say(started, points(0, 20, true), points(20, 33));
    trainers[0]!.die();
    await wait(5);
    expect(trainers).toHaveLength(2);
    expect(jobOf(trainers[1])).toMatchObject({ runId, checkpoint: { step: 20, bytes: Uint8Array.of(1, 2, 20) } });
    trainers[1]!.say(started, points(20, 40), finished);
    expect(readAllPoints(db, runId!, 'train/loss')?.steps).toEqual(Float64Array.from({ length: 40 }, (_, i) => i));
    expect(getRunDetail(db, runId!)).toMatchObject({ state: 'finished', resumedAt: [20], message: null });
  });

  it('gives a run up that dies without progress, and says how its process ended', async () => {
    start();
    const [runId] = add({ name: 'a' });
    for (let death = 0; death < maxFruitlessDeaths; death++) {
      await wait(5);
      trainers[death]!.say(started, points(0, 10));
      trainers[death]!.die('Fatal: out of memory');
    }
    await wait(5);
    expect(state(runId)).toBe('failed');
    expect(message(runId)).toMatch(/worker-died.*SIGKILL.*out of memory/s);
    expect(trainers).toHaveLength(maxFruitlessDeaths);
  });

  it('kills a process that says nothing and starts it again', async () => {
    start({ limits: { startMs: 5000, silenceMs: 40, stopMs: 5000 } });
    const [runId] = add({ name: 'a' });
    await turn();
    trainers[0]!.say(started, points(0, 5, true));
    await vi.waitFor(() => expect(trainers).toHaveLength(2));
    expect(trainers[0]!.killed).toBe(true);
    expect(jobOf(trainers[1])).toMatchObject({ runId, checkpoint: { step: 5 } });
  });

  it('stores what a failing run says, and gives the next run a fresh process', async () => {
    start({ workersOf: () => 1 });
    const [bad, next] = add({ name: 'a' }, { name: 'b' });
    await turn();
    trainers[0]!.say({ kind: 'failed', error: { code: 'dataset-missing', message: 'cannot read /nowhere/data_batch_1.bin' } });
    await turn();
    expect([state(bad), message(bad)]).toEqual(['failed', 'cannot read /nowhere/data_batch_1.bin']);
    expect([trainers[0]!.killed, jobOf(trainers[1])?.runId]).toEqual([true, next]);
  });

  it('says at which step a run diverged', async () => {
    start();
    const [runId] = add({ name: 'a' });
    await turn();
    trainers[0]!.say(started, { kind: 'finished', step: 7, outcome: 'diverged' });
    expect([state(runId), message(runId)]).toEqual(['diverged', 'The loss or a weight was not finite at step 7.']);
  });
});

describe('a database that cannot be written', () => {
  it('stops training instead of losing points, and says why', async () => {
    let broken = false;
    const store = createQueueStore(() => db);
    start({
      store: {
        ...store,
        append(...args) {
          if (broken) throw new Error('database or disk is full');
          return store.append(...args);
        },
      },
    });
    const [runId] = add({ name: 'a' });
    await turn();
    trainers[0]!.say(started, points(0, 5, true));
    broken = true;
    trainers[0]!.say(points(5, 10));
    await wait(5);
    expect([trainers[0]!.killed, state(runId), queue.state().paused]).toEqual([true, 'paused', true]);
    expect(message(runId)).toContain('database or disk is full');
    expect(readAllPoints(db, runId!, 'train/loss')?.steps).toHaveLength(5);
  });
});

describe('the state of the queue', () => {
  it('sums steps over waiting and running runs and is announced at most four times a second', async () => {
    const onQueue = vi.fn();
    start({ onQueue, workersOf: () => 1 });
    add({ name: 'a' }, { name: 'b' });
    await turn();
    trainers[0]!.say(started);
    const begin = performance.now();
    for (let step = 0; step < 600; step += 10) {
      trainers[0]!.say(points(step, step + 10));
      await wait(10);
    }
    const seconds = (performance.now() - begin) / 1000;
    expect(onQueue.mock.calls.length).toBeGreaterThanOrEqual(1);
    expect(onQueue.mock.calls.length).toBeLessThanOrEqual(Math.ceil(4 * seconds) + 1);
    const now = queue.state();
    expect(now).toMatchObject({ queued: 1, stepsDone: 600, stepsTotal: 4000, paused: false, workers: 1 });
    expect(now.running[0]).toMatchObject({ step: 600, steps: 2000 });
    // 10 steps every 10 ms or a little more.
    expect(now.running[0]!.stepsPerSecond).toBeGreaterThan(0);
    expect(now.etaS).toBeCloseTo(3400 / now.running[0]!.stepsPerSecond!, 0);
  });
});
