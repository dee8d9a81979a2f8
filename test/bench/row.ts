/** One measured case. `value` is a median; `ratio` = value / peerValue, below 1 where we are faster (for times). */
export interface BenchRow {
  readonly suite: string;
  readonly case: string;
  readonly engine?: string;
  readonly value: number;
  readonly unit: string;
  /** What the project promises; `ok` is false when the value misses it. */
  readonly required?: number;
  readonly ok: boolean;
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
  readonly note?: string;
}

/** Measures and returns its rows; says on `log` what it is doing. */
export type BenchSuite = (log: (line: string) => void) => Promise<readonly BenchRow[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
