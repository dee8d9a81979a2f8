import type { ScaleInvariantGroup } from '../model/run.ts';
import { nullSpace, reducedRowEchelon } from './nullSpace.ts';

/** Of one parameter on one probe batch. */
export interface ProbeProducts {
  /** <g, w>, |g|^2, |w|^2. */
  readonly wg: number;
  readonly gg: number;
  readonly ww: number;
}

export interface ProbedParameter {
  readonly name: string;
  readonly size: number;
  /** One entry per probe batch, the same batches for every parameter. */
  readonly products: readonly ProbeProducts[];
}

/**
 * |<g, w>| / (|g| |w|) up to which weights count as scale-invariant. Gradients in float32 leave about 1e-6; weights that are not
 * scale-invariant show about 1/sqrt(size), which is above this for any layer below 10^8 weights.
 */
export const invarianceTolerance = 1e-4;

/** Largest |<g, w>| / (|g| |w|) over the probe batches of several parameters taken together. 0/0 (no gradient) is 1. */
function residualOf(members: readonly ProbedParameter[]): number {
  const probes = members[0]?.products.length ?? 0;
  let worst = 0;
  for (let b = 0; b < probes; b++) {
    let [wg, gg, ww] = [0, 0, 0];
    for (const { products } of members) {
      wg += products[b]!.wg;
      gg += products[b]!.gg;
      ww += products[b]!.ww;
    }
    const residual = Math.abs(wg) / Math.sqrt(gg * ww);
    worst = Math.max(worst, Number.isFinite(residual) ? residual : 1);
  }
  return worst;
}

function toGroup(members: readonly ProbedParameter[]): ScaleInvariantGroup {
  const [first] = members;
  return {
    name: members.length === 1 ? first!.name : `${first!.name}+${members.length - 1}`,
    parameters: members.map(({ name }) => name),
    size: members.reduce((sum, { size }) => sum + size, 0),
    residual: residualOf(members),
  };
}

/** Parameters that are scale-invariant each by itself, and the rest. */
export function splitSingles(parameters: readonly ProbedParameter[]): { singles: ProbedParameter[]; rest: ProbedParameter[] } {
  const isSingle = (p: ProbedParameter): boolean => residualOf([p]) < invarianceTolerance;
  return { singles: parameters.filter(isSingle), rest: parameters.filter((p) => !isSingle(p)) };
}

/** Probe batches that `rest` parameters need for their joint groups: more equations than unknowns. */
export const probesForJointGroups = (rest: number): number => (rest === 0 ? 0 : rest + 6);

/**
 * Disjoint sets of parameters that are scale-invariant only together, such as all convolutions that write one residual stream, or
 * the scale and bias before a ReLU and a normalized layer (theory of scale invariance: L(.., c w_i, ..) = L for i in the set
 * for all c > 0 gives sum of <g_i, w_i> = 0 for every batch). With c_bi = <g_i, w_i> on batch b, such sets are the 0/1 vectors
 * in the null space of c. They are read off its reduced row echelon form with small parameters first (so that pairs of scale and
 * bias lead their rows), and each is checked by its own residual. Where sets overlap the one with more weights is taken.
 */
export function jointGroups(rest: readonly ProbedParameter[]): readonly (readonly ProbedParameter[])[] {
  const probes = rest[0]?.products.length ?? 0;
  if (probes < probesForJointGroups(rest.length)) return [];
  const ordered = [...rest].sort((a, b) => a.size - b.size);
  // Columns in units of the root mean square of |g||w|: then rounding is equally large in all of them.
  const units = ordered.map(({ products }) => Math.sqrt(products.reduce((sum, { gg, ww }) => sum + gg * ww, 0) / probes));
  if (!units.every((unit) => unit > 0)) return [];
  const columns = ordered.map(({ products }, i) => Float64Array.from(products, ({ wg }) => wg / units[i]!));
  const basis = nullSpace(columns, 10 * invarianceTolerance * Math.sqrt(probes)).map((z) => z.map((x, i) => x / units[i]!));
  const candidates = reducedRowEchelon(
    basis.map((z) => z.map((x) => x / Math.max(...z.map(Math.abs)))),
    1e-3,
  ).flatMap((row) => {
    const isSet = [...row].every((x) => Math.abs(x) < 0.05 || Math.abs(x - 1) < 0.05);
    const members = ordered.filter((_, i) => Math.abs(row[i]! - 1) < 0.05);
    return isSet && members.length > 1 && residualOf(members) < invarianceTolerance ? [members] : [];
  });
  const size = (set: readonly ProbedParameter[]): number => set.reduce((sum, p) => sum + p.size, 0);
  const taken = new Set<ProbedParameter>();
  return candidates
    .sort((a, b) => size(b) - size(a))
    .filter((set) => {
      if (set.some((p) => taken.has(p))) return false;
      for (const p of set) taken.add(p);
      return true;
    });
}

/** All groups in the order of the network's parameters; each group's members too. */
export function findScaleInvariantGroups(parameters: readonly ProbedParameter[]): readonly ScaleInvariantGroup[] {
  const { singles, rest } = splitSingles(parameters);
  const order = new Map(parameters.map((p, i) => [p, i]));
  const sets = [...singles.map((p) => [p]), ...jointGroups(rest)].map((set) =>
    [...set].sort((a, b) => order.get(a)! - order.get(b)!),
  );
  return sets.sort((a, b) => order.get(a[0]!)! - order.get(b[0]!)!).map(toGroup);
}
