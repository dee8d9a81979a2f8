import { EtalonError } from '../model/errors.ts';

/** The shape of one sample as height, width, channels; throws `invalid-input` when it is no image of at least `least` pixels a side. */
export function imageShape(model: string, shape: readonly number[], least: number): readonly [number, number, number] {
  const [height = 0, width = 0, channels] = shape;
  if (shape.length === 3 && channels !== undefined && height >= least && width >= least) return [height, width, channels];
  const message = `must be mlp for samples of shape ${shape.join(' x ')}: ${model} needs images of at least ${least} x ${least} pixels`;
  throw new EtalonError('invalid-input', `model.kind ${message}`, {
    issues: [{ path: 'model.kind', message, received: `"${model}"` }],
  });
}
