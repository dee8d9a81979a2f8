import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { arimoWidths } from '../../../shared/figure/arimoWidths.ts';
import { fitText } from '../../../shared/figure/fitText.ts';
import { textWidth } from '../../../shared/figure/textWidth.ts';
import { formatNumber } from '../../../shared/format/number.ts';

const load = createRequire(import.meta.url);
const face = (file: string) => readFileSync(load.resolve(`@expo-google-fonts/arimo/${file}`));

describe('textWidth', () => {
  it('knows the widths of the font file, italic and bold near enough', () => {
    const document = new PDFDocument();
    const characters = arimoWidths.flatMap(([width, all]) => Array.from(all, (c) => [c, width] as const));
    document.font(face('400Regular/Arimo_400Regular.ttf')).fontSize(2048);
    for (const [character, width] of characters) expect(document.widthOfString(character), character).toBeCloseTo(width, 6);
    document.font(face('700Bold/Arimo_700Bold.ttf'));
    const bold = document.widthOfString('Equilibrium of the effective learning rate');
    expect(bold / textWidth([{ text: 'Equilibrium of the effective learning rate' }], 2048)).toBeLessThan(1.1);
  });

  it('counts raised parts smaller', () => {
    expect(textWidth(formatNumber(1e-4), 10)).toBeLessThan(textWidth([{ text: '1×10−4' }], 10));
  });
});

describe('fitText', () => {
  it('leaves what fits, and cuts the rest so that it fits with its ellipsis', () => {
    const text = [{ text: 'a long name of a run ' }, { text: 'x', shift: 'sub' as const }];
    expect(fitText(text, 8, 1000)).toBe(text);
    for (const width of [10, 20, 40, 60]) {
      const cut = fitText(text, 8, width);
      expect(cut.at(-1)!.text).toBe('…');
      expect(textWidth(cut, 8)).toBeLessThanOrEqual(width);
    }
  });
});
