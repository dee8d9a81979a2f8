import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Not named `require`: the build declares that name itself, once, where it sees it used.
const load = createRequire(import.meta.url);
const files = {
  regular: '400Regular/Arimo_400Regular.ttf',
  italic: '400Regular_Italic/Arimo_400Regular_Italic.ttf',
  bold: '700Bold/Arimo_700Bold.ttf',
} as const;

export type FontFace = keyof typeof files;
let loaded: Readonly<Record<FontFace, Buffer>> | null = null;

/** The faces that figures are set in: Arimo, whole static TrueType files (SIL Open Font License), read once. */
export function figureFonts(): Readonly<Record<FontFace, Buffer>> {
  const read = (face: FontFace): Buffer => readFileSync(load.resolve(`@expo-google-fonts/arimo/${files[face]}`));
  loaded ??= { regular: read('regular'), italic: read('italic'), bold: read('bold') };
  return loaded;
}
