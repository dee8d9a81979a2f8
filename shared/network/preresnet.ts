import type { NetworkGraph } from './graph.ts';
import { type BuilderOptions, type GraphBuilder, startGraph } from './graphBuilder.ts';
import { imageShape } from './imageShape.ts';

/**
 * One pre-activation block: y = conv(relu(norm(conv(relu(norm x))))) + shortcut. The shortcut is x, or a 1 x 1 convolution of
 * relu(norm x) where the number of channels changes. He et al. 2016, figure 1b, with projection as in their table 1.
 */
function block(build: GraphBuilder, x: number, name: string, from: number, to: number, stride: 1 | 2): number {
  const a = build.relu(build.norm(x, `${name}.norm1`, from));
  const inner = build.relu(build.norm(build.conv(a, `${name}.conv1`, 3, from, to, stride), `${name}.norm2`, to));
  const y = build.conv(inner, `${name}.conv2`, 3, to, to);
  return build.sum(y, from === to ? x : build.conv(a, `${name}.shortcut`, 1, from, to, stride));
}

/** CIFAR pre-activation ResNet of depth 6n + 2: stem, three stages of n blocks with width, 2 width, 4 width channels. */
export function preresnet(depth: number, width: number, options: BuilderOptions): NetworkGraph {
  const [, , channels] = imageShape('preresnet', options.inputShape, 4);
  const blocks = (depth - 2) / 6;
  const build = startGraph(options);
  let at = build.conv(build.input, 'stem', 3, channels, width);
  let from = width;
  for (let stage = 0; stage < 3; stage++) {
    const to = width * 2 ** stage;
    for (let i = 0; i < blocks; i++) {
      at = block(build, at, `stage${stage + 1}.block${i + 1}`, from, to, stage > 0 && i === 0 ? 2 : 1);
      from = to;
    }
  }
  return build.finish(build.globalMean(build.relu(build.norm(at, 'norm', from))), from);
}
