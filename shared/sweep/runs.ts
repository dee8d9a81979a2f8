import type { SweepCell, SweepSpec } from '../model/sweep.ts';
import type { TrainingConfig } from '../model/trainingConfig.ts';
import { sweepCells } from './cells.ts';

/** A run that a sweep would start. */
export interface PlannedRun {
  readonly name: string;
  readonly config: TrainingConfig;
}

const maxNameLength = 200;

/**
 * All runs of a sweep: cell by cell, within a cell seed by seed; the same spec gives the same list. Names hold the
 * sweep's name and what varies, with as many digits as tell the values apart. Throws as sweepCells does.
 */
export function sweepRuns(spec: SweepSpec): readonly PlannedRun[] {
  const cells = sweepCells(spec);
  const name = runNamer(spec, cells);
  return cells.flatMap((cell) =>
    spec.seeds.map((seed) => ({
      name: name(cell, seed),
      config: { ...spec.base, lr: cell.lr, wd: cell.wd, steps: cell.steps, seed, replica: 0 },
    })),
  );
}

function runNamer(spec: SweepSpec, cells: readonly SweepCell[]): (cell: SweepCell, seed: number) => string {
  const lr = labels(cells.map((cell) => cell.lr));
  const wd = labels(cells.map((cell) => cell.wd));
  return (cell, seed) => {
    const end = ` lr ${lr(cell.lr)} wd ${wd(cell.wd)} seed ${seed}`;
    // A cut in the middle of a surrogate pair would leave half a character.
    return spec.name.slice(0, maxNameLength - end.length).replace(/[\ud800-\udbff]$/, '') + end;
  };
}

/** The shortest rounding, of at least three digits, under which different values have different labels. */
function labels(values: readonly number[]): (value: number) => string {
  const distinct = [...new Set(values)];
  for (let digits = 3; digits < 17; digits++) {
    if (new Set(distinct.map((value) => rounded(value, digits))).size === distinct.length) {
      return (value) => rounded(value, digits);
    }
  }
  return String;
}

const rounded = (value: number, digits: number): string => String(Number(value.toPrecision(digits)));
