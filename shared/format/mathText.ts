import type { RichText, TextPart } from './richText.ts';
import { fromScript } from './scripts.ts';

type Kind = 'super' | 'sub' | 'letter' | 'other';

/**
 * A symbol written in Unicode (λₑ, ‖w‖², Tr Σᵤ) as parts: raised and lowered characters become shifted runs, letters
 * that stand alone are variables and italic, words (Tr, acc) and capital Greek stay upright, as in textbooks.
 */
export function mathText(symbol: string): RichText {
  const runs: { kind: Kind; text: string }[] = [];
  for (const character of symbol) {
    const kind = kindOf(character);
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += character;
    else runs.push({ kind, text: character });
  }
  return runs.map(({ kind, text }) => toPart(kind, text));
}

function kindOf(character: string): Kind {
  if (fromScript.super.has(character)) return 'super';
  if (fromScript.sub.has(character)) return 'sub';
  return /\p{L}/u.test(character) ? 'letter' : 'other';
}

function toPart(kind: Kind, run: string): TextPart {
  if (kind === 'letter' || kind === 'other') return italicised(run);
  const text = Array.from(run, (character) => fromScript[kind].get(character)!).join('');
  return { ...italicised(text), shift: kind };
}

function italicised(text: string): TextPart {
  return /^(\p{Script=Latin}|\p{Ll})$/u.test(text) ? { text, italic: true } : { text };
}
