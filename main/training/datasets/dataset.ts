/** Samples of one split. `write` puts the standardised values of a sample at `offset` of `out`. */
export interface Split {
  readonly count: number;
  readonly labels: Uint8Array | Uint16Array;
  readonly write: (sample: number, out: Float32Array, offset: number) => void;
}

export interface Dataset {
  /** Of one sample: [features] or [height, width, channels]. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly train: Split;
  readonly test: Split;
}

export interface Batch {
  readonly count: number;
  /** count x sample size. */
  readonly inputs: Float32Array;
  /** One-hot, count x classes. */
  readonly targets: Float32Array;
}

/** The samples with the given indices, in that order. */
export function takeBatch(dataset: Dataset, split: Split, indices: Uint32Array): Batch {
  const size = dataset.inputShape.reduce((product, n) => product * n, 1);
  const inputs = new Float32Array(indices.length * size);
  const targets = new Float32Array(indices.length * dataset.classes);
  indices.forEach((sample, row) => {
    split.write(sample, inputs, row * size);
    targets[row * dataset.classes + split.labels[sample]!] = 1;
  });
  return { count: indices.length, inputs, targets };
}
