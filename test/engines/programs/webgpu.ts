import * as tf from '@tensorflow/tfjs-core';
import { probeDevice } from '../../../main/training/devices/probeDevice.ts';
import { gradientsOf } from '../../../main/training/engines/tfjs/gradients.ts';
import { buildNetwork } from '../../../shared/network/buildNetwork.ts';
import { batchOf, torchCases } from '../torchCases.ts';
import { relativeDifference } from '../backends.ts';

/**
 * Run by ../webgpu.test.ts in a process of its own, since the graphics driver is chosen by the environment it starts with: probes
 * the device and prints it with the worst error of loss and gradients for the cases named on the command line.
 */
const device = await probeDevice('webgpu');
let worst = 0;
for (const c of torchCases.filter(({ name }) => process.argv.includes(name))) {
  const graph = buildNetwork(c.config, c.inputShape, c.classes);
  const parameters = c.parameters.map(({ values, shape }) => tf.tensor([...values], [...shape]));
  const { lossSum, gradients } = gradientsOf(graph, parameters, batchOf(c, 0));
  worst = Math.max(worst, Math.abs((await lossSum.data())[0]! / c.batch / c.losses[0]! - 1));
  for (const [i, { name }] of c.parameters.entries()) {
    const expected = c.gradients[name];
    if (expected) worst = Math.max(worst, relativeDifference(await gradients[i]!.data(), expected));
  }
}
process.stdout.write(JSON.stringify({ device, worst }));
// Dawn keeps the process alive as long as its GPU object is reachable.
process.exit(0);
