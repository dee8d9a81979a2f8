/**
 * Places labels that want to stand at `wanted` (any order) at least `gap` apart within [low, high], moved as little as
 * needed: clusters that would overlap are centred on the mean of what they want (pool adjacent violators). Returns the
 * places in the order given. When there is no room the last ones lie beyond `high`.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // With u_i = place_i - i gap the condition is that u ascends: isotonic regression of wanted_i - i gap.
  const pools: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    pools.push({ sum: wanted[index]! - rank * gap, count: 1 });
    while (pools.length > 1) {
      const last = pools.at(-1)!;
      const before = pools.at(-2)!;
      if (before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const limit = Math.max(low, high - (wanted.length - 1) * gap);
  const bases = pools.flatMap(({ sum, count }) => Array<number>(count).fill(Math.min(limit, Math.max(low, sum / count))));
  const places = new Array<number>(wanted.length);
  order.forEach((index, rank) => (places[index] = bases[rank]! + rank * gap));
  return places;
}
