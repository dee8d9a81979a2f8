import { colorByIntrinsicLr, type ColourTheme } from '../../shared/figure/palette.ts';
import { runs } from './runs.svelte.ts';
import { settings } from './settings.svelte.ts';

/** One run has one colour in every view: by its λₑ between the least and the greatest of the workspace. */
class RunColors {
  /** Least and greatest λₑ > 0 of the workspace: the ends of the colour ramp in every view. */
  readonly range: readonly [number, number] = $derived.by(() => {
    let low = Infinity;
    let high = 0;
    for (const { intrinsicLr } of runs.all) {
      if (intrinsicLr === null || !(intrinsicLr > 0)) continue;
      if (intrinsicLr < low) low = intrinsicLr;
      if (intrinsicLr > high) high = intrinsicLr;
    }
    return low > high ? [1, 1] : [low, high];
  });

  get theme(): ColourTheme {
    return settings.theme;
  }

  of(intrinsicLr: number | null | undefined): string {
    return colorByIntrinsicLr(intrinsicLr ?? null, this.range, this.theme);
  }
}

export const runColors = new RunColors();
