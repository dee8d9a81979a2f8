/** Points of a line on paper, in pt. */
export interface Polyline {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Fewer points for the same print: no place of the given line is farther than `tolerance` from the drawn one, and its
 * highest and lowest points are kept. x ascending, both finite. First the first, lowest, highest and last point of each
 * column tolerance/2 wide (M4: Jugel et al., VLDB 2014), then what a line through its neighbours passes within
 * tolerance/2 is dropped (Ramer 1972, Douglas and Peucker 1973).
 */
export function simplifyLine(line: Polyline, tolerance: number): Polyline {
  if (line.x.length < 3 || !(tolerance > 0)) return line;
  return straighten(thinColumns(line, tolerance / 2), tolerance / 2);
}

function thinColumns({ x, y }: Polyline, width: number): Polyline {
  const kept: number[] = [];
  for (let start = 0; start < x.length;) {
    const end = columnEnd(x, start, width);
    if (end - start <= 4) for (let i = start; i < end; i++) kept.push(i);
    else kept.push(...new Set([start, ...extremes(y, start, end).sort((a, b) => a - b), end - 1]));
    start = end;
  }
  return pick({ x, y }, kept);
}

function columnEnd(x: Float64Array, start: number, width: number): number {
  const limit = x[start]! + width;
  let end = start + 1;
  while (end < x.length && x[end]! < limit) end++;
  return end;
}

/** Indices of a lowest and a highest value within [start, end). */
function extremes(y: Float64Array, start: number, end: number): [number, number] {
  let lowest = start;
  let highest = start;
  for (let i = start + 1; i < end; i++) {
    if (y[i]! < y[lowest]!) lowest = i;
    if (y[i]! > y[highest]!) highest = i;
  }
  return [lowest, highest];
}

function straighten(line: Polyline, tolerance: number): Polyline {
  const last = line.x.length - 1;
  const keep = new Uint8Array(last + 1);
  const fixed = [...new Set([0, ...extremes(line.y, 0, last + 1), last])].sort((a, b) => a - b);
  for (const index of fixed) keep[index] = 1;
  const open = fixed.slice(1).map((end, i): [number, number] => [fixed[i]!, end]);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [start, end] = part;
    const far = farthest(line, start, end);
    if (far.distance <= tolerance) continue;
    keep[far.index] = 1;
    open.push([start, far.index], [far.index, end]);
  }
  const kept: number[] = [];
  keep.forEach((kept1, index) => {
    if (kept1 === 1) kept.push(index);
  });
  return pick(line, kept);
}

/** The point between two others that is farthest from the segment they end. */
function farthest({ x, y }: Polyline, start: number, end: number): { index: number; distance: number } {
  const [x0, y0] = [x[start]!, y[start]!];
  const [dx, dy] = [x[end]! - x0, y[end]! - y0];
  const length2 = dx * dx + dy * dy;
  let index = start;
  let largest = 0;
  for (let i = start + 1; i < end; i++) {
    const [px, py] = [x[i]! - x0, y[i]! - y0];
    const along = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0;
    const distance2 = (px - along * dx) ** 2 + (py - along * dy) ** 2;
    if (distance2 > largest) {
      largest = distance2;
      index = i;
    }
  }
  return { index, distance: Math.sqrt(largest) };
}

function pick({ x, y }: Polyline, indices: readonly number[]): Polyline {
  return { x: Float64Array.from(indices, (i) => x[i]!), y: Float64Array.from(indices, (i) => y[i]!) };
}
