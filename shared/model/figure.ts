import * as v from 'valibot';
import { choice, finite, id, integer, list, text, within } from './fields.ts';

/** What a figure shows: a query, never pasted numbers, so that it can be drawn again from its runs. */

export const xAxisKinds = ['step', 'epoch', 'wall', 'scaled'] as const;
/** step; epoch; wall time in seconds; scaled = intrinsic LR x step, the axis on which equilibria coincide. */
export type XAxisKind = (typeof xAxisKinds)[number];
export const scaleKinds = ['linear', 'log'] as const;
export type ScaleKind = (typeof scaleKinds)[number];

const range = v.nullable(v.tuple([finite('a finite number', () => true), finite('a finite number', () => true)]));

const compareSchema = v.strictObject({
  kind: v.literal('compare'),
  runIds: list(id, 1, 1000),
  metric: text(500, 1),
  x: choice(...xAxisKinds),
  xScale: choice(...scaleKinds),
  yScale: choice(...scaleKinds),
  /** Visible part in axis units; null = all. */
  xRange: range,
  yRange: range,
});

const scalingSchema = v.strictObject({
  kind: v.literal('scaling'),
  runIds: list(id, 1, 10_000),
  residuals: v.boolean(),
});

const equilibriumSchema = v.strictObject({
  kind: v.literal('equilibrium'),
  runId: id,
  yScale: choice(...scaleKinds),
});

export const figureSpecSchema = v.strictObject({
  version: v.literal(1),
  title: text(500),
  content: v.variant('kind', [compareSchema, scalingSchema, equilibriumSchema]),
  widthMm: within(20, 1000),
  heightMm: within(20, 1000),
  fontSizePt: within(4, 40),
  legend: choice('inside', 'right', 'none'),
});

export type FigureSpec = v.InferOutput<typeof figureSpecSchema>;
export type FigureContent = FigureSpec['content'];

export const figureFormats = ['svg', 'pdf', 'png', 'csv'] as const;
export type FigureFormat = (typeof figureFormats)[number];
export const figureFormatSchema = choice(...figureFormats);
export const dpiSchema = integer(36, 2400);

export interface FigureSummary {
  readonly id: string;
  readonly spec: FigureSpec;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface FigureFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
