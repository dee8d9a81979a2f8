/** Unicode's raised and lowered characters and what they stand for. */
const superscripts = new Map(
  Object.entries({
    '⁰': '0',
    '¹': '1',
    '²': '2',
    '³': '3',
    '⁴': '4',
    '⁵': '5',
    '⁶': '6',
    '⁷': '7',
    '⁸': '8',
    '⁹': '9',
    '⁻': '−',
    '⁺': '+',
    ⁿ: 'n',
  }),
);

const subscripts = new Map(
  Object.entries({
    '₀': '0',
    '₁': '1',
    '₂': '2',
    '₃': '3',
    '₄': '4',
    '₅': '5',
    '₆': '6',
    '₇': '7',
    '₈': '8',
    '₉': '9',
    ₑ: 'e',
    ᵤ: 'u',
    ₜ: 't',
    ₘ: 'm',
    ᵢ: 'i',
  }),
);

const reversed = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...map].map(([shifted, plain]) => [plain, shifted]));

export const fromScript = { super: superscripts, sub: subscripts } as const;
export const toScript = { super: reversed(superscripts), sub: reversed(subscripts) } as const;
