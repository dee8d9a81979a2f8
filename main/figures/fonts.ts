import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Not named `require`: the build declares that name itself, once, where it sees it used.
const load = createRequire(import.meta.url);

export type FontFace = 'regular' | 'italic' | 'bold';
let loaded: Readonly<Record<FontFace, Buffer>> | null = null;

/** The faces that figures are set in: Arimo, whole static TrueType files (SIL Open Font License), read once. */
export function figureFonts(): Readonly<Record<FontFace, Buffer>> {
  loaded ??= {
    regular: readFileSync(load.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf')),
    italic: readFileSync(load.resolve('@expo-google-fonts/arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf')),
    bold: readFileSync(load.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf')),
  };
  return loaded;
}
