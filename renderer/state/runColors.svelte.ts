import { colorByIntrinsicLr, type ColourTheme } from '../../shared/figure/palette.ts';
import { runs } from './runs.svelte.ts';
import { settings } from './settings.svelte.ts';

/** One run has one colour in every view: by its λₑ between the least and the greatest of the workspace. */
class RunColors {
  get theme(): ColourTheme {
    return settings.theme;
  }

  of(intrinsicLr: number | null | undefined): string {
    return colorByIntrinsicLr(intrinsicLr ?? null, runs.intrinsicLrRange, this.theme);
  }
}

export const runColors = new RunColors();
