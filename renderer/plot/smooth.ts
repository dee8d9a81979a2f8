/**
 * Exponential moving average with the start's bias removed (Kingma and Ba 2015, section 3): m_t = w m_{t-1} + (1-w) x_t,
 * shown as m_t / (1 - w^t). `weight` w in [0, 1) is per point; entries that stand for `pointsPerEntry` points each decay
 * by that power. NaN and infinite values enter neither the average nor t, and stay as they are in the result.
 */
export function movingAverage(values: Float64Array, weight: number, pointsPerEntry = 1): Float64Array {
  const decay = weight ** pointsPerEntry;
  const result = new Float64Array(values.length);
  let mean = 0;
  let remaining = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      result[i] = value;
      continue;
    }
    mean = decay * mean + (1 - decay) * value;
    remaining *= decay;
    result[i] = mean / (1 - remaining);
  }
  return result;
}
