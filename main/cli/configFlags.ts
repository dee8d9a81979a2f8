import { InvalidArgumentError, Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { EtalonError } from '../../shared/model/errors.ts';
import { parseInput } from '../../shared/model/fields.ts';
import { jsonObject, type JsonObject } from '../../shared/model/json.ts';
import { constantSchedule, defaultTrainingConfig, type TrainingConfig } from '../../shared/model/trainingConfig.ts';
import { list, number, numbers } from './values.ts';

/** What the flags of configFlags parse to; absent = not given. */
export interface ConfigFlags {
  readonly config?: string;
  readonly model?: string;
  readonly hidden?: readonly number[];
  readonly channels?: readonly number[];
  readonly depth?: number;
  readonly width?: number;
  readonly dataset?: string;
  readonly pool?: number;
  readonly folder?: string;
  readonly classes?: number;
  readonly dimension?: number;
  readonly trainSize?: number;
  readonly testSize?: number;
  readonly separation?: number;
  readonly dataSeed?: number;
  readonly affine?: boolean;
  readonly epsilon?: number;
  readonly lastLayer?: string;
  readonly wdMode?: string;
  readonly momentum?: number;
  readonly schedule?: string;
  readonly divisor?: number;
  readonly lrSchedule?: JsonObject;
  readonly wdSchedule?: JsonObject;
  readonly warmup?: number;
  readonly batch?: number;
  readonly replica?: number;
  readonly logEvery?: number;
  readonly evaluateEvery?: number;
  readonly trSigmaEvery?: number;
  readonly checkpointEvery?: number;
  readonly logGroups?: boolean;
}

/** Flags for every field of a configuration but lr, wd, steps and seed, which mean one value here and a list there. */
export function addConfigFlags(command: Command): Command {
  const group = 'Configuration:';
  const add = (flags: string, text: string, parse?: (value: string) => unknown): void => {
    const option = new Option(flags, text).helpGroup(group);
    command.addOption(parse ? option.argParser(parse) : option);
  };
  add('--config <file>', 'JSON file with fields of a configuration (as `etalon runs show --json` prints it); flags override it');
  add('--model <kind>', 'mlp, cnn4 or preresnet (default: mlp)');
  add('--hidden <list>', 'mlp: hidden widths (default: 64,64)', numbers);
  add('--channels <list>', 'cnn4: channels of the four convolutions (default: 8,16,32,32)', numbers);
  add('--depth <n>', 'preresnet: 6n + 2 layers (default: 8)', number);
  add('--width <n>', 'preresnet: channels of the first stage (default: 16)', number);
  add('--dataset <kind>', 'mnist, cifar10 or gaussian-mixture (default: mnist)');
  add('--pool <n>', 'mnist: 1 for 28 x 28, 2 for 14 x 14 pixels (default: 2 for mlp, else 1)', number);
  add('--folder <dir>', 'cifar10: folder of the official binary files');
  add('--classes <n>', 'gaussian-mixture: classes (default: 10)', number);
  add('--dimension <n>', 'gaussian-mixture: dimensions (default: 64)', number);
  add('--train-size <n>', 'gaussian-mixture: training samples (default: 10000)', number);
  add('--test-size <n>', 'gaussian-mixture: test samples (default: 2000)', number);
  add('--separation <x>', 'gaussian-mixture: distance of means over noise (default: 2)', number);
  add('--data-seed <n>', 'gaussian-mixture: seed of the data (default: 0)', number);
  add('--affine', 'BatchNorm with trained scale and shift');
  add('--epsilon <x>', 'BatchNorm epsilon (default: 1e-5)', number);
  add('--last-layer <how>', 'fixed or trained (default: fixed)');
  add('--wd-mode <mode>', 'coupled (as torch.optim.SGD) or decoupled (default: coupled)');
  add('--momentum <x>', 'momentum (default: 0)', number);
  add('--schedule <label>', 'constant, or a label such as wd_10_20_lr_30_40 (epochs of division)');
  add('--divisor <x>', 'divisor of a label (default: 10)', number);
  add('--lr-schedule <spec>', 'steps:100,200:0.1, cosine:0:1000:0.1 or exponential:0.999', factors);
  add('--wd-schedule <spec>', 'likewise for weight decay', factors);
  add('--warmup <steps>', 'linear warm-up of the learning rate', number);
  add('--batch <n>', 'batch size (default: 128)', number);
  add('--replica <n>', 'replica number (default: 0)', number);
  add('--log-every <n>', 'steps between logged points (default: 1)', number);
  add('--evaluate-every <n>', 'steps between evaluations on the test set, 0 = at the end (default: 250)', number);
  add('--tr-sigma-every <n>', 'steps between estimates of the gradient noise, 0 = never (default: 50)', number);
  add('--checkpoint-every <n>', 'steps between checkpoints (default: 500)', number);
  add('--log-groups', 'log every scale-invariant group, not only all together');
  return command;
}

/**
 * The configuration that file and flags describe, on top of the default one. Fields are checked by the host; unknown
 * ones of the file are passed on, so that they are refused there by name.
 */
export function configFrom(flags: ConfigFlags): TrainingConfig {
  const file = flags.config === undefined ? {} : readConfigFile(flags.config);
  const base: Record<string, unknown> = { ...defaultTrainingConfig, ...file };
  const set = (field: string, value: unknown): void => {
    if (value !== undefined) base[field] = value;
  };
  set('model', modelFrom(flags, base.model));
  set('dataset', datasetFrom(flags, base));
  if (flags.affine === true || flags.epsilon !== undefined) {
    const given = { ...(flags.affine && { affine: true }), ...(flags.epsilon !== undefined && { epsilon: flags.epsilon }) };
    set('normalization', { ...(base.normalization as object), ...given });
  }
  set('lastLayer', flags.lastLayer);
  set('weightDecayMode', flags.wdMode);
  set('momentum', flags.momentum);
  set('schedule', scheduleFrom(flags));
  set('batchSize', flags.batch);
  set('replica', flags.replica);
  set('logEvery', flags.logEvery);
  set('evaluateEvery', flags.evaluateEvery);
  set('trSigmaEvery', flags.trSigmaEvery);
  set('checkpointEvery', flags.checkpointEvery);
  set('logGroups', flags.logGroups);
  // Checked by the host, whose schema names what is wrong.
  return base as TrainingConfig;
}

function readConfigFile(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw invalid('--config', 'must be a JSON file that can be read', `${path} (${(error as Error).message})`);
  }
  try {
    return parseInput(jsonObject, JSON.parse(text), '--config');
  } catch (error) {
    if (error instanceof EtalonError) throw error;
    throw invalid('--config', 'must be a file with a JSON object', `${path} (${(error as Error).message})`);
  }
}

function modelFrom(flags: ConfigFlags, model: unknown): unknown {
  const before = kindOf(model);
  const kind = flags.model ?? before;
  const given = { hidden: flags.hidden, channels: flags.channels, depth: flags.depth, width: flags.width };
  if (flags.model === undefined && Object.values(given).every((value) => value === undefined)) return undefined;
  const defaults: Record<string, object> = {
    mlp: { hidden: [64, 64] },
    cnn4: { channels: [8, 16, 32, 32] },
    preresnet: { depth: 8, width: 16 },
  };
  return { ...(kind === before ? fieldsOf(model) : defaults[kind]), kind, ...defined(given) };
}

function datasetFrom(flags: ConfigFlags, base: Record<string, unknown>): unknown {
  const before = kindOf(base.dataset);
  const kind = flags.dataset ?? before;
  const { pool, folder, classes, dimension, trainSize, testSize, separation, dataSeed: seed } = flags;
  const given = { pool, folder, classes, dimension, trainSize, testSize, separation, seed };
  // Convolutions want the whole image; only the small mlp is meant for the pooled one.
  const wholeImage = flags.model !== undefined && flags.model !== 'mlp' && kind === 'mnist' && pool === undefined;
  if (flags.dataset === undefined && !wholeImage && Object.values(given).every((value) => value === undefined)) return undefined;
  const defaults: Record<string, object> = {
    mnist: { pool: 2 },
    cifar10: {},
    'gaussian-mixture': { classes: 10, dimension: 64, trainSize: 10_000, testSize: 2000, separation: 2, seed: 0 },
  };
  return {
    ...(kind === before ? fieldsOf(base.dataset) : defaults[kind]),
    kind,
    ...(wholeImage && { pool: 1 }),
    ...defined(given),
  };
}

function scheduleFrom(flags: ConfigFlags): unknown {
  const { schedule, divisor, lrSchedule, wdSchedule, warmup } = flags;
  const factors = { lr: lrSchedule, wd: wdSchedule, warmupSteps: warmup };
  const anyFactor = Object.values(factors).some((value) => value !== undefined);
  if (schedule !== undefined && schedule !== 'constant') {
    if (anyFactor)
      throw invalid('--schedule', 'a label cannot be combined with --lr-schedule, --wd-schedule or --warmup', schedule);
    return { kind: 'label', label: schedule, divisor: divisor ?? 10 };
  }
  if (divisor !== undefined) throw invalid('--divisor', 'goes with a label in --schedule', String(divisor));
  return schedule === 'constant' || anyFactor ? { ...constantSchedule, ...defined(factors) } : undefined;
}

/** `steps:100,200:0.1`, `cosine:FROM:TO:FLOOR`, `exponential:GROWTH` or `constant`. */
function factors(text: string): JsonObject {
  const [kind, ...parts] = text.split(':');
  if (kind === 'constant' && parts.length === 0) return { kind };
  if (kind === 'steps' && parts.length === 2) return { kind, at: list(parts[0]!).map(number), factor: number(parts[1]!) };
  if (kind === 'cosine' && parts.length === 3) {
    const [from, to, floor] = parts.map(number);
    return { kind, from: from!, to: to!, floor: floor! };
  }
  if (kind === 'exponential' && parts.length === 1) return { kind, growthPerStep: number(parts[0]!) };
  throw new InvalidArgumentError(`must be constant, steps:100,200:0.1, cosine:0:1000:0.1 or exponential:0.999; got ${text}`);
}

const kindOf = (value: unknown): string => String((value as { kind?: unknown } | null)?.kind);

const fieldsOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

const defined = (values: object): object => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

export function invalid(path: string, message: string, received: string): EtalonError {
  return new EtalonError('invalid-input', `${path}: ${message}; got ${received}`, { issues: [{ path, message, received }] });
}
