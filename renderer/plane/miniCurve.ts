import type { Series } from '../../shared/model/series.ts';

/** A series as an SVG path in a box, logarithm up where all values are positive; '' with fewer than two finite points. */
export function miniCurve({ steps, values }: Series, width: number, height: number): string {
  const finite = Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]!));
  if (finite.length < 2) return '';
  const logarithmic = finite.every((i) => values[i]! > 0);
  const up = (i: number) => (logarithmic ? Math.log(values[i]!) : values[i]!);
  let low = Infinity;
  let high = -Infinity;
  for (const i of finite) {
    low = Math.min(low, up(i));
    high = Math.max(high, up(i));
  }
  const first = steps[finite[0]!]!;
  const span = steps[finite.at(-1)!]! - first;
  const place = (i: number): string => {
    const x = span > 0 ? ((steps[i]! - first) / span) * width : 0;
    const y = high > low ? height - ((up(i) - low) / (high - low)) * height : height / 2;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  return `M${finite.map(place).join('L')}`;
}
