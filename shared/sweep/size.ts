import type { TrainingConfig } from '../model/trainingConfig.ts';

/** Bytes of a logged step: about ten varying metrics as float64, and a fifth more for the pyramid. Measured: 28 runs of the mlp. */
const perLoggedStep = 95;
/** Two metrics an evaluation, one a noise estimate. */
const perEvaluation = 20;
const perNoiseEstimate = 10;
/** Configuration, rows, partly filled pages. */
const perRun = 12_000;

/** About how many bytes of the workspace a finished run takes. */
export function storedBytes(config: Pick<TrainingConfig, 'steps' | 'logEvery' | 'evaluateEvery' | 'trSigmaEvery'>): number {
  const { steps, logEvery, evaluateEvery, trSigmaEvery } = config;
  const times = (every: number): number => (every > 0 ? Math.ceil(steps / every) : 1);
  return (
    perRun +
    perLoggedStep * Math.ceil(steps / logEvery) +
    perEvaluation * times(evaluateEvery) +
    (trSigmaEvery > 0 ? perNoiseEstimate * times(trSigmaEvery) : 0)
  );
}
