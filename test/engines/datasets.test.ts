import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatches } from '../../main/training/batches.ts';
import { loadCifar10 } from '../../main/training/datasets/cifar10.ts';
import { type Dataset, type Split, takeBatch } from '../../main/training/datasets/dataset.ts';
import { makeGaussianMixture } from '../../main/training/datasets/gaussianMixture.ts';
import { loadMnist, mnistFolder } from '../../main/training/datasets/mnist.ts';
import { EtalonError } from '../../shared/model/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'etalon-datasets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function failure(work: () => unknown): EtalonError {
  try {
    work();
  } catch (error) {
    if (error instanceof EtalonError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const countLabels = ({ labels }: Split): number[] => {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label]! += 1;
  return counts;
};

function sampleOf(dataset: Dataset, split: Split, sample: number): Float32Array {
  return takeBatch(dataset, split, Uint32Array.of(sample)).inputs;
}

function moments(dataset: Dataset, values: number): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  const row = new Float32Array(values);
  for (let i = 0; i < dataset.train.count; i++) {
    dataset.train.write(i, row, 0);
    for (let k = 0; k < values; k++) {
      sum += row[k]!;
      squares += row[k]! ** 2;
    }
  }
  const n = dataset.train.count * values;
  return { mean: sum / n, deviation: Math.sqrt(squares / n - (sum / n) ** 2) };
}

describe('MNIST', () => {
  // SHA-256 of LeCun's four files, unpacked, as many projects list them.
  it.each([
    ['train-images-idx3-ubyte', 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db'],
    ['train-labels-idx1-ubyte', '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5'],
    ['t10k-images-idx3-ubyte', '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7'],
    ['t10k-labels-idx1-ubyte', 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2'],
  ])('is the original: %s', (name, hash) => {
    expect(
      createHash('sha256')
        .update(readFileSync(join(mnistFolder(), name)))
        .digest('hex'),
    ).toBe(hash);
  });

  it('has 60,000 and 10,000 images with the known number of each digit', () => {
    const { train, test } = loadMnist(1);
    expect(countLabels(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(countLabels(test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  });

  it('is standardised with the known mean 0.1307 and standard deviation 0.3081 of its pixels', () => {
    const dataset = loadMnist(1);
    const black = sampleOf(dataset, dataset.train, 0)[0]!;
    expect(black).toBeCloseTo(-0.1307 / 0.3081, 3);
    const { mean, deviation } = moments(dataset, 784);
    expect(mean).toBeCloseTo(0, 5);
    expect(deviation).toBeCloseTo(1, 5);
  });

  it('is pooled to means of 2 x 2 pixels', () => {
    const [full, pooled] = [loadMnist(1), loadMnist(2)];
    expect(pooled.inputShape).toEqual([14, 14, 1]);
    const { mean, deviation } = moments(pooled, 196);
    expect([mean, deviation].map((x) => Math.round(x * 1e5) / 1e5 + 0)).toEqual([0, 1]);
    const [large, small] = [sampleOf(full, full.test, 7), sampleOf(pooled, pooled.test, 7)];
    const means = Array.from(small, (_, i) => {
      const at = 2 * 28 * Math.floor(i / 14) + 2 * (i % 14);
      return (large[at]! + large[at + 1]! + large[at + 28]! + large[at + 29]!) / 4;
    });
    // The same up to the two standardisations, which are affine: fix them at the darkest and the brightest place.
    const brightest = means.indexOf(Math.max(...means));
    const slope = (small[brightest]! - small[0]!) / (means[brightest]! - means[0]!);
    small.forEach((x, i) => expect(x).toBeCloseTo(small[0]! + slope * (means[i]! - means[0]!), 4));
  });

  it.each([
    ['short', (bytes: Buffer) => bytes.subarray(0, -1), 'dataset-damaged', /has 10007 bytes, expected 10008: it is cut short/],
    [
      'long',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0])]),
      'dataset-damaged',
      /has 10009 bytes, expected 10008: it is too long/,
    ],
    [
      'of another kind',
      (bytes: Buffer) => Buffer.concat([Buffer.alloc(8), bytes.subarray(8)]),
      'dataset-damaged',
      /header word 0 is 0, expected 2049/,
    ],
    [
      'with a label 10',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([10])]),
      'dataset-damaged',
      /label of image 9999 is 10, allowed are 0 to 9/,
    ],
  ] as const)('refuses a file that is %s, naming it', (what, damage, code, message) => {
    const copy = join(folder, `mnist-${what.replaceAll(' ', '-')}`);
    cpSync(mnistFolder(), copy, { recursive: true });
    const path = join(copy, 't10k-labels-idx1-ubyte');
    writeFileSync(path, damage(readFileSync(path)));
    const error = failure(() => loadMnist(2, copy));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(path);
    rmSync(copy, { recursive: true });
  });
});

describe('CIFAR-10', () => {
  const size = 30_730_000;
  const place = join(folder, 'cifar', 'cifar-10-batches-bin');
  const path = (name: string): string => join(place, name);

  beforeAll(() => {
    mkdirSync(place, { recursive: true });
    // Records whose bytes tell where they are: label = i mod 10, planes filled with i mod 7 + 50 channel + row.
    for (const [file, name] of [
      'data_batch_1',
      'data_batch_2',
      'data_batch_3',
      'data_batch_4',
      'data_batch_5',
      'test_batch',
    ].entries()) {
      const bytes = Buffer.alloc(size);
      for (let i = 0; i < 10_000; i++) {
        const at = i * 3073;
        bytes[at] = (i + file) % 10;
        for (let channel = 0; channel < 3; channel++) {
          for (let row = 0; row < 32; row++) {
            const from = at + 1 + channel * 1024 + row * 32;
            bytes.fill((i % 7) + 50 * channel + row, from, from + 32);
          }
        }
      }
      writeFileSync(path(`${name}.bin`), bytes);
    }
  });

  it('has 50,000 and 10,000 images, channels last, standardised per channel', () => {
    const dataset = loadCifar10(join(folder, 'cifar'));
    expect([dataset.train.count, dataset.test.count]).toEqual([50_000, 10_000]);
    expect(dataset.inputShape).toEqual([32, 32, 3]);
    expect([...dataset.train.labels.subarray(10_000, 10_004)]).toEqual([1, 2, 3, 4]);
    // Values of a channel are uniform over i mod 7 (nearly) and row: mean 3 + 15.5, variance 4 + (32^2 - 1) / 12.
    const deviation = Math.sqrt(4 + (32 ** 2 - 1) / 12);
    const sample = sampleOf(dataset, dataset.test, 13);
    for (const [row, column, channel] of [
      [0, 0, 0],
      [31, 5, 1],
      [12, 31, 2],
    ] as const) {
      expect(sample[(row * 32 + column) * 3 + channel]).toBeCloseTo(((13 % 7) + row - 18.5) / deviation, 2);
    }
  });

  it('takes the folder of the files themselves as well', () => {
    expect(loadCifar10(place).train.count).toBe(50_000);
  });

  it.each([
    ['short', size - 3073, /data_batch_3\.bin has 30726927 bytes, expected 30730000: it is cut short/],
    ['empty', 0, /data_batch_3\.bin has 0 bytes, expected 30730000/],
    ['long', size + 1, /data_batch_3\.bin has 30730001 bytes, expected 30730000: it is too long/],
  ] as const)('refuses a folder with a file that is %s', (_, length, message) => {
    const original = readFileSync(path('data_batch_3.bin'));
    writeFileSync(path('data_batch_3.bin'), Buffer.concat([original, Buffer.alloc(1)]).subarray(0, length));
    const error = failure(() => loadCifar10(place));
    writeFileSync(path('data_batch_3.bin'), original);
    expect(error.code).toBe('dataset-damaged');
    expect(error.message).toMatch(message);
  });

  it('refuses a label above 9, naming file and image', () => {
    const bytes = readFileSync(path('test_batch.bin'));
    const own = bytes[5 * 3073]!;
    bytes[5 * 3073] = 200;
    writeFileSync(path('test_batch.bin'), bytes);
    const error = failure(() => loadCifar10(place));
    bytes[5 * 3073] = own;
    writeFileSync(path('test_batch.bin'), bytes);
    expect(error.code).toBe('dataset-damaged');
    expect(error.message).toMatch(/test_batch\.bin: the label of image 5 is 200, allowed are 0 to 9/);
  });

  it.each([
    ['a folder that is not there', join(folder, 'nowhere')],
    ['an empty folder', folder],
  ])('says what is missing in %s', (_, where) => {
    const error = failure(() => loadCifar10(where));
    expect(error.code).toBe('dataset-missing');
    expect(error.message).toContain(join(where, 'data_batch_1.bin'));
    expect(error.message).toContain('official "binary version"');
  });
});

describe('the Gaussian mixture', () => {
  const config = {
    kind: 'gaussian-mixture',
    classes: 3,
    dimension: 5,
    trainSize: 30_000,
    testSize: 90,
    separation: 4,
    seed: 1,
  } as const;

  it('has unit noise around means at the given distance, and equally many samples a class', () => {
    const dataset = makeGaussianMixture(config);
    const batch = takeBatch(
      dataset,
      dataset.train,
      Uint32Array.from({ length: config.trainSize }, (_, i) => i),
    );
    for (let k = 0; k < 3; k++) {
      const rows = Array.from({ length: 10_000 }, (_, i) => batch.inputs.subarray((3 * i + k) * 5, (3 * i + k + 1) * 5));
      const mean = [0, 1, 2, 3, 4].map((j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
      expect(Math.hypot(...mean)).toBeCloseTo(4, 1);
      const variance = rows.reduce((sum, row) => sum + row.reduce((s, x, j) => s + (x - mean[j]!) ** 2, 0), 0) / rows.length / 5;
      expect(variance).toBeCloseTo(1, 1);
    }
    expect([...dataset.test.labels.subarray(0, 6)]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('is the same for the same seed and another for another', () => {
    const first = (seed: number) => {
      const dataset = makeGaussianMixture({ ...config, trainSize: 5, seed });
      return [...sampleOf(dataset, dataset.train, 0), ...sampleOf(dataset, dataset.test, 0)];
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('refuses to fill the memory', () => {
    const error = failure(() => makeGaussianMixture({ ...config, dimension: 10_000, trainSize: 1_000_000 }));
    expect(error.code).toBe('invalid-input');
    expect(error.issues?.[0]?.path).toBe('dataset.dimension');
  });
});

describe('the batches of a run', () => {
  const dataset = makeGaussianMixture({
    kind: 'gaussian-mixture',
    classes: 2,
    dimension: 1,
    trainSize: 25,
    testSize: 1100,
    separation: 1,
    seed: 0,
  });

  it('go through the training set once an epoch, without the incomplete last batch', () => {
    const { trainingBatch, stepsPerEpoch } = createBatches(dataset, { batchSize: 10, seed: 0, replica: 0 });
    expect(stepsPerEpoch).toBe(2);
    const epoch = (first: number): number[] => [first, first + 1].flatMap((step) => [...trainingBatch(step).inputs]);
    expect(new Set(epoch(0)).size).toBe(20);
    expect(epoch(2)).not.toEqual(epoch(0));
    expect(epoch(0)).toEqual(epoch(0));
  });

  it('cover the whole test set', () => {
    const { testBatches } = createBatches(dataset, { batchSize: 10, seed: 0, replica: 0 });
    expect([...testBatches()].map(({ count }) => count)).toEqual([500, 500, 100]);
  });

  it('are refused when larger than the training set', () => {
    const error = failure(() => createBatches(dataset, { batchSize: 26, seed: 0, replica: 0 }));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toBe('batchSize: must be at most the size of the training set, 25; got 26');
  });
});
