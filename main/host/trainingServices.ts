import type { ServiceFactory } from './context.ts';
import { createDeviceService } from './deviceService.ts';
import { createSweepService } from './sweepService.ts';
import { createTrainingService } from './trainingService.ts';

/** Training, queue, sweeps and devices: three services that build on each other. */
export const trainingServices: ServiceFactory = (context) => {
  const devices = createDeviceService(context);
  const training = createTrainingService(context, devices);
  const sweeps = createSweepService(context, devices, training);
  return { ...devices.handlers, ...training.handlers, ...sweeps.handlers };
};
