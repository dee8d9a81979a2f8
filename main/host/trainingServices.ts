import type { Handlers } from '../../shared/rpc/method.ts';
import type { trainingMethods } from '../../shared/rpc/training.ts';
import type { HostContext } from './context.ts';
import { createDeviceService } from './deviceService.ts';
import { createSweepService } from './sweepService.ts';
import { createTrainingService } from './trainingService.ts';

/** Training, queue, sweeps and devices: three services that build on each other. */
export function trainingServices(context: HostContext): Handlers<typeof trainingMethods> {
  const devices = createDeviceService(context);
  const training = createTrainingService(context, devices);
  const sweeps = createSweepService(context, devices, training);
  return { ...devices.handlers, ...training.handlers, ...sweeps.handlers };
}
