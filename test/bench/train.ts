import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { forkLauncher } from '../../main/training/forkLauncher.ts';
import type { FromTrainer, ToTrainer } from '../../main/training/messages.ts';
import type { Device } from '../../shared/model/device.ts';
import { defaultTrainingConfig, type TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { type BenchRow, type BenchSuite, median } from './row.ts';

/** Milliseconds per training step on every device that is ready, with all metrics of every step, through a training process. */

const repetitions = 3;
/** The demo's budget: 24,000 steps of the mlp within two minutes on two cores. */
const requiredMs: Readonly<Record<string, number>> = { 'mlp wasm': 8 };
/** Seconds a step: there for completeness, nobody trains this so. */
const tooSlow = new Set(['cnn4 cpu']);

const base: TrainingConfig = { ...defaultTrainingConfig, evaluateEvery: 0, trSigmaEvery: 0, steps: 1_000_000 };
const cases: Readonly<Record<'mlp' | 'cnn4', TrainingConfig>> = {
  mlp: base,
  cnn4: { ...base, model: { kind: 'cnn4', channels: [8, 16, 32, 32] }, dataset: { kind: 'mnist', pool: 1 } },
};

/** All messages of one job in a process of its own. Rejects when it fails or dies. */
function runJob(job: ToTrainer, last: FromTrainer['kind']): Promise<readonly FromTrainer[]> {
  return new Promise((resolve, reject) => {
    const trainer = forkLauncher.launch();
    const messages: FromTrainer[] = [];
    trainer.onExit(({ code, signal, output }) => reject(new Error(`the training process ended (${signal ?? code}): ${output}`)));
    trainer.onMessage((message) => {
      messages.push(message);
      if (message.kind === 'ready') trainer.send(job);
      if (message.kind === 'failed') reject(new Error(message.error.message));
      if (message.kind !== last && message.kind !== 'failed') return;
      resolve(messages);
      trainer.kill();
    });
  });
}

async function readyDevices(): Promise<readonly Device[]> {
  const messages = await runJob({ kind: 'probe', devices: null }, 'probed');
  return messages.flatMap((message) => (message.kind === 'device' && message.device.status === 'ready' ? [message.device] : []));
}

async function ownMs(config: TrainingConfig, device: string): Promise<number> {
  const messages = await runJob({ kind: 'time', config, device }, 'timed');
  const timed = messages.at(-1);
  return timed?.kind === 'timed' ? timed.secondsPerStep * 1000 : NaN;
}

interface Peer {
  readonly peer: string;
  readonly threads: number;
  readonly msPerStep: number;
}

/** The first Python here that has PyTorch; null without one. */
async function findPython(): Promise<string | null> {
  for (const python of ['python3', '/usr/bin/python3', 'python']) {
    const found = await promisify(execFile)(python, ['-c', 'import torch']).then(
      () => true,
      () => false,
    );
    if (found) return python;
  }
  return null;
}

async function peerStep(python: string, model: string): Promise<Peer> {
  const script = fileURLToPath(new URL('peer/torch_step.py', import.meta.url));
  const { stdout } = await promisify(execFile)(python, [script, model, String(base.batchSize)]);
  return JSON.parse(stdout) as Peer;
}

export const train: BenchSuite = async (log) => {
  const python = await findPython();
  if (python === null) log('no Python with PyTorch here: measured without a peer');
  const devices = await readyDevices();
  const rows: BenchRow[] = [];
  for (const [model, config] of Object.entries(cases)) {
    const measured = devices.filter(({ id }) => !tooSlow.has(`${model} ${id}`));
    const own = new Map<string, number[]>(measured.map(({ id }) => [id, []]));
    const peers: Peer[] = [];
    for (let i = 0; i < repetitions; i++) {
      log(`${model}, measurement ${i + 1} of ${repetitions}`);
      for (const { id } of measured) own.get(id)!.push(await ownMs(config, id));
      if (python !== null) peers.push(await peerStep(python, model));
    }
    for (const { id } of measured) {
      const value = median(own.get(id)!);
      const required = requiredMs[`${model} ${id}`];
      const row: BenchRow = {
        suite: 'train',
        case: model,
        engine: id,
        value,
        unit: 'ms/step',
        ...(required !== undefined && { required }),
        ok: required === undefined || value <= required,
      };
      const [first] = peers;
      if (!first) rows.push(row);
      else {
        const peerValue = median(peers.map(({ msPerStep }) => msPerStep));
        const note = `batch ${base.batchSize}; Etalon measures all metrics of each step, on one thread on the CPU; the peer only trains, on ${first.threads}`;
        rows.push({ ...row, peer: first.peer, peerValue, ratio: value / peerValue, note });
      }
    }
  }
  return rows;
};
