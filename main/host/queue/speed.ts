const windowMs = 5000;

/** Steps per second over the last five seconds of work. */
export interface Speed {
  add(step: number, atMs: number): void;
  /** null until a quarter of a second was seen. */
  stepsPerSecond(): number | null;
}

export function createSpeed(): Speed {
  let marks: { readonly step: number; readonly atMs: number }[] = [];
  return {
    add(step, atMs) {
      marks.push({ step, atMs });
      // One mark older than the window stays, so that a slow model still has two to compare.
      const firstInside = marks.findIndex((mark) => mark.atMs >= atMs - windowMs);
      marks = marks.slice(Math.max(0, firstInside - 1));
    },
    stepsPerSecond() {
      const first = marks.at(0);
      const last = marks.at(-1);
      if (first === undefined || last === undefined || last.atMs - first.atMs < 250) return null;
      return last.step > first.step ? ((last.step - first.step) * 1000) / (last.atMs - first.atMs) : null;
    },
  };
}
