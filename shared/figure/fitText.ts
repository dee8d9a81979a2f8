import type { RichText, TextPart } from '../format/richText.ts';
import { textWidth } from './textWidth.ts';

/** The text itself when it fits into the width, else as much of its beginning as fits with an ellipsis after it. */
export function fitText(text: RichText, sizePt: number, widthPt: number): RichText {
  if (textWidth(text, sizePt) <= widthPt) return text;
  let room = widthPt - textWidth([{ text: '…' }], sizePt);
  const kept: TextPart[] = [];
  for (const part of text) {
    let characters = '';
    for (const character of part.text) {
      const width = textWidth([{ ...part, text: character }], sizePt);
      if (width > room) return [...kept, { ...part, text: characters }, { text: '…' }];
      room -= width;
      characters += character;
    }
    kept.push(part);
  }
  return kept;
}
