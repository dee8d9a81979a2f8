import type { RichText } from '../format/richText.ts';
import { arimoWidths } from './arimoWidths.ts';

/** Size of raised and lowered runs relative to their line, and how far they are moved, in sizes of the line. */
export const scriptSize = 0.72;
export const scriptShift = { super: 0.36, sub: -0.16 } as const;

const emWidths = new Map(arimoWidths.flatMap(([width, characters]) => Array.from(characters, (c) => [c, width / 2048] as const)));
/** Characters that are not in the table are as wide as they may be in an alphabet. */
const unknownWidth = 0.8;

/** Width of a text in points, as set in the figures' font at this size. */
export function textWidth(text: RichText, sizePt: number): number {
  let width = 0;
  for (const part of text) {
    const size = part.shift === undefined ? sizePt : sizePt * scriptSize;
    for (const character of part.text) width += (emWidths.get(character) ?? unknownWidth) * size;
  }
  return width;
}
