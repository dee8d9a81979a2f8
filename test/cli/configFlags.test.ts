import { Command } from 'commander';
import * as v from 'valibot';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addConfigFlags, configFrom, type ConfigFlags } from '../../main/cli/configFlags.ts';
import { defaultTrainingConfig, trainingConfigSchema } from '../../shared/model/trainingConfig.ts';

function configOf(...argv: string[]) {
  const command = addConfigFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(argv, { from: 'user' });
  return configFrom(command.opts<ConfigFlags>());
}

const valid = (config: unknown): boolean => v.safeParse(trainingConfigSchema, config).success;

describe('flags of a configuration', () => {
  it('give the default configuration when there are none', () => {
    expect(configOf()).toEqual(defaultTrainingConfig);
  });

  it('reach every field', () => {
    const config = configOf(
      ...['--model', 'cnn4', '--channels', '4,8,8,8', '--affine', '--epsilon', '1e-3', '--last-layer', 'trained'],
      ...['--wd-mode', 'decoupled', '--momentum', '0.9', '--lr-schedule', 'steps:10,20:0.5', '--wd-schedule', 'cosine:0:50:0.1'],
      ...['--warmup', '5', '--batch', '32', '--replica', '2', '--log-every', '3', '--evaluate-every', '0'],
      ...['--tr-sigma-every', '7', '--checkpoint-every', '11', '--log-groups'],
    );
    expect(config).toEqual({
      ...defaultTrainingConfig,
      model: { kind: 'cnn4', channels: [4, 8, 8, 8] },
      dataset: { kind: 'mnist', pool: 1 },
      normalization: { kind: 'batch', affine: true, epsilon: 1e-3 },
      lastLayer: 'trained',
      weightDecayMode: 'decoupled',
      momentum: 0.9,
      schedule: {
        kind: 'factors',
        lr: { kind: 'steps', at: [10, 20], factor: 0.5 },
        wd: { kind: 'cosine', from: 0, to: 50, floor: 0.1 },
        warmupSteps: 5,
      },
      batchSize: 32,
      replica: 2,
      logEvery: 3,
      evaluateEvery: 0,
      trSigmaEvery: 7,
      checkpointEvery: 11,
      logGroups: true,
    });
    expect(valid(config)).toBe(true);
  });

  it.each([
    [['--model', 'preresnet', '--depth', '14', '--width', '8'], { model: { kind: 'preresnet', depth: 14, width: 8 } }],
    [['--hidden', '32'], { model: { kind: 'mlp', hidden: [32] } }],
    [['--dataset', 'cifar10', '--folder', '/data'], { dataset: { kind: 'cifar10', folder: '/data' } }],
    [['--pool', '1'], { dataset: { kind: 'mnist', pool: 1 } }],
    [['--schedule', 'wd_1_lr_2', '--divisor', '5'], { schedule: { kind: 'label', label: 'wd_1_lr_2', divisor: 5 } }],
    [['--schedule', 'constant'], { schedule: defaultTrainingConfig.schedule }],
  ])('%j give what they say', (argv, expected) => {
    const config = configOf(...argv);
    expect(config).toMatchObject(expected);
    expect(valid(config)).toBe(true);
  });

  it('pass on what a schema must refuse, instead of dropping it', () => {
    expect(valid(configOf('--depth', '9'))).toBe(false);
    expect(valid(configOf('--model', 'transformer'))).toBe(false);
    expect(valid(configOf('--dataset', 'cifar10'))).toBe(false);
  });

  it('refuse a label together with factors, and a divisor without a label', () => {
    expect(() => configOf('--schedule', 'lr_3', '--warmup', '5')).toThrow('cannot be combined');
    expect(() => configOf('--divisor', '5')).toThrow('--divisor');
    expect(() => configOf('--lr-schedule', 'steps:1')).toThrow('must be constant');
  });
});

describe('a configuration file', () => {
  function file(content: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'etalon-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'config.json'), content);
    return join(folder, 'config.json');
  }

  it('is overridden by flags and keeps what it does not mention at the default', () => {
    const path = file(JSON.stringify({ momentum: 0.5, batchSize: 64, model: { kind: 'mlp', hidden: [8, 8] } }));
    expect(configOf('--config', path, '--batch', '32')).toEqual({
      ...defaultTrainingConfig,
      momentum: 0.5,
      batchSize: 32,
      model: { kind: 'mlp', hidden: [8, 8] },
    });
  });

  it('with an unknown field is passed on with it, so that the host names it', () => {
    expect(configOf('--config', file('{"learningRate": 1}'))).toHaveProperty('learningRate', 1);
  });

  it.each(['[1, 2]', 'null', '"x"', '{broken', ''])('that holds %j is refused', (content) => {
    expect(() => configOf('--config', file(content))).toThrow('--config');
  });

  it('that is not there is refused by name', () => {
    expect(() => configOf('--config', '/nowhere/config.json')).toThrow('/nowhere/config.json');
  });
});
