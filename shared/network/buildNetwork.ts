import type { TrainingConfig } from '../model/trainingConfig.ts';
import { cnn4 } from './cnn4.ts';
import type { NetworkGraph } from './graph.ts';
import { mlp } from './mlp.ts';
import { preresnet } from './preresnet.ts';
import { layerShapes } from './shapes.ts';

/** The network of a run for samples of `inputShape` in `classes` classes. Throws `invalid-input` when they do not fit. */
export function buildNetwork(
  config: Pick<TrainingConfig, 'model' | 'normalization' | 'lastLayer'>,
  inputShape: readonly number[],
  classes: number,
): NetworkGraph {
  const { model, normalization, lastLayer } = config;
  const options = { inputShape, classes, normalization, lastLayer };
  const graph =
    model.kind === 'mlp'
      ? mlp(model.hidden, options)
      : model.kind === 'cnn4'
        ? cnn4(model.channels, options)
        : preresnet(model.depth, model.width, options);
  layerShapes(graph);
  return graph;
}
