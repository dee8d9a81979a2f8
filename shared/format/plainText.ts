import type { RichText, TextPart } from './richText.ts';
import { toScript } from './scripts.ts';

/** As one string, with Unicode's raised and lowered characters; ^(...) or _(...) where Unicode has none. */
export function plainText(parts: RichText): string {
  return parts.map(plainPart).join('');
}

function plainPart({ text, shift }: TextPart): string {
  if (shift === undefined) return text;
  const shifted = Array.from(text, (character) => toScript[shift].get(character));
  if (shifted.every((character) => character !== undefined)) return shifted.join('');
  return shift === 'super' ? `^(${text})` : `_(${text})`;
}
