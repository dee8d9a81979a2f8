/**
 * Singular values and right singular vectors of a matrix given by its columns (each of length m >= number of columns), by one-sided
 * Jacobi rotations: Hestenes 1958; Golub and Van Loan, Matrix Computations, 4th edition, section 8.6.3. Accurate for small
 * singular values too. `vectors[k]` belongs to `values[k]`; not sorted.
 */
function rightSingularVectors(columns: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } {
  const p = columns.length;
  const u = columns.map((column) => Float64Array.from(column));
  const v = columns.map((_, i) => Float64Array.from({ length: p }, (_, j) => (i === j ? 1 : 0)));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const rotate = (a: Float64Array, b: Float64Array, c: number, s: number): void => {
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [a[i]!, b[i]!];
      a[i] = c * x - s * y;
      b[i] = s * x + c * y;
    }
  };
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let i = 0; i < p - 1; i++) {
      for (let j = i + 1; j < p; j++) {
        const [aa, bb, ab] = [dot(u[i]!, u[i]!), dot(u[j]!, u[j]!), dot(u[i]!, u[j]!)];
        if (!(Math.abs(ab) > 1e-15 * Math.sqrt(aa * bb))) continue;
        rotated = true;
        const zeta = (bb - aa) / (2 * ab);
        const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        rotate(u[i]!, u[j]!, c, c * t);
        rotate(v[i]!, v[j]!, c, c * t);
      }
    }
  }
  return { values: u.map((column) => Math.sqrt(dot(column, column))), vectors: v };
}

/** Basis of the vectors z with |A z| <= tolerance |z|, for a matrix A given by its columns. */
export function nullSpace(columns: readonly Float64Array[], tolerance: number): readonly Float64Array[] {
  const { values, vectors } = rightSingularVectors(columns);
  return vectors.filter((_, k) => values[k]! <= tolerance);
}

/** Reduced row echelon form by Gauss and Jordan with the largest remaining pivot per column; entries below `tiny` count as 0. */
export function reducedRowEchelon(rows: readonly Float64Array[], tiny: number): readonly Float64Array[] {
  const m = rows.map((row) => Float64Array.from(row));
  const columns = m[0]?.length ?? 0;
  let at = 0;
  for (let column = 0; column < columns && at < m.length; column++) {
    let best = at;
    for (let r = at + 1; r < m.length; r++) if (Math.abs(m[r]![column]!) > Math.abs(m[best]![column]!)) best = r;
    const pivot = m[best]![column]!;
    if (!(Math.abs(pivot) > tiny)) continue;
    [m[at], m[best]] = [m[best]!, m[at]!];
    const pivotRow = m[at]!;
    for (let c = 0; c < columns; c++) pivotRow[c]! /= pivot;
    for (let r = 0; r < m.length; r++) {
      const factor = m[r]![column]!;
      if (r === at || factor === 0) continue;
      for (let c = 0; c < columns; c++) m[r]![c]! -= factor * pivotRow[c]!;
    }
    at += 1;
  }
  return m.slice(0, at);
}
