import type { FigureSpec } from '../../../shared/model/figure.ts';

const kinds = { compare: 'Comparison', scaling: 'Scaling law', equilibrium: 'Equilibrium' } as const;

/** What a figure is called in lists: its title, or what it is when it has none. */
export function figureTitle({ title, content }: FigureSpec): string {
  return title.trim() === '' ? kinds[content.kind] : title;
}

/** What it shows, below its title. */
export function figureContent({ content }: FigureSpec): string {
  const kind = kinds[content.kind];
  if (content.kind === 'equilibrium') return `${kind} of one run`;
  const { length } = content.runIds;
  return `${kind} of ${length === 1 ? 'one run' : `${length} runs`}`;
}
