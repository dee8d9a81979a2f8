import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, Split } from './dataset.ts';
import { checkDataFile, checkLabels, readDataFile } from './readDataFile.ts';
import { standardizingTable } from './standardize.ts';

const perFile = 10_000;
const plane = 32 * 32;
const channels = 3;
const record = 1 + channels * plane;
const classes = 10;
const advice =
  'CIFAR-10 must be a folder with data_batch_1.bin ... data_batch_5.bin and test_batch.bin of the official "binary version".';

interface Records {
  /** 10,000 records of one label byte and three planes of 32 x 32 bytes. */
  readonly files: readonly Uint8Array[];
  readonly labels: Uint8Array;
}

function readRecords(folder: string, names: readonly string[]): Records {
  const labels = new Uint8Array(names.length * perFile);
  const files = names.map((name, at) => {
    const path = join(folder, name);
    const bytes = readDataFile(path, perFile * record, advice);
    const own = labels.subarray(at * perFile, (at + 1) * perFile);
    for (let i = 0; i < perFile; i++) own[i] = bytes[i * record]!;
    checkLabels(path, own, classes, advice);
    return bytes;
  });
  return { files, labels };
}

const trainFiles = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`);
const testFiles = ['test_batch.bin'];

/** The archive unpacks into a folder of this name; either may be given. */
function placeOf(folder: string): string {
  const inner = join(folder, 'cifar-10-batches-bin');
  return existsSync(inner) ? inner : folder;
}

/** Throws as loadCifar10 does where a file is missing or of the wrong length, without reading them. */
export function checkCifar10(folder: string): void {
  for (const name of [...trainFiles, ...testFiles]) checkDataFile(join(placeOf(folder), name), perFile * record, advice);
}

/** CIFAR-10 from its official binary files: 50,000 and 10,000 images of 32 x 32 x 3, standardised per channel over the training set. */
export function loadCifar10(folder: string): Dataset {
  const place = placeOf(folder);
  const train = readRecords(place, trainFiles);
  const test = readRecords(place, testFiles);

  const tables = Array.from({ length: channels }, (_, channel) => {
    const histogram = new Float64Array(256);
    for (const bytes of train.files) {
      for (let i = 0; i < perFile; i++) {
        const from = i * record + 1 + channel * plane;
        for (let p = from; p < from + plane; p++) histogram[bytes[p]!]! += 1;
      }
    }
    return standardizingTable(histogram);
  });

  const split = ({ files, labels }: Records): Split => ({
    count: labels.length,
    labels,
    write: (sample, out, offset) => {
      const bytes = files[Math.floor(sample / perFile)]!;
      const start = (sample % perFile) * record + 1;
      for (let channel = 0; channel < channels; channel++) {
        const table = tables[channel]!;
        const from = start + channel * plane;
        for (let p = 0; p < plane; p++) out[offset + p * channels + channel] = table[bytes[from + p]!]!;
      }
    },
  });
  return { inputShape: [32, 32, channels], classes, train: split(train), test: split(test) };
}
