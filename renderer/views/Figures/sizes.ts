/** Widths people are asked for. NeurIPS' text block is 5.5 inches wide. */
export const sizes = [
  { key: 'single', label: 'single column', widthMm: 84 },
  { key: 'neurips', label: 'NeurIPS text', widthMm: 139.7 },
  { key: 'double', label: 'double column', widthMm: 174 },
  { key: 'other', label: 'other', widthMm: null },
] as const;

export type SizeKey = (typeof sizes)[number]['key'];

export function sizeKey(widthMm: number): SizeKey {
  return sizes.find((size) => size.widthMm !== null && Math.abs(size.widthMm - widthMm) < 0.01)?.key ?? 'other';
}
