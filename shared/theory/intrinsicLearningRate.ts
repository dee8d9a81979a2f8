import type { WeightDecayMode } from '../model/trainingConfig.ts';

/**
 * Intrinsic learning rate lambda_e (per step, dimensionless).
 *
 * lambda_e = lr wd without momentum or with decoupled weight decay; lr wd / (1 - alpha) when weight decay enters
 * the momentum buffer (coupled, as in torch.optim.SGD). Li, Lyu, Arora 2020, introduction; for the momentum case
 * replace lr by lr / (1 - alpha) in their SDE.
 */
export function intrinsicLearningRate(lr: number, wd: number, momentum: number, mode: WeightDecayMode): number {
  return mode === 'coupled' ? (lr * wd) / (1 - momentum) : lr * wd;
}
