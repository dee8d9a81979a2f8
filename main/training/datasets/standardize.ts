/**
 * Table raw value -> (value - mean) / standard deviation over all values of the training set, from their histogram: whole
 * numbers, so mean and variance come from exact sums. A constant channel maps to 0.
 */
export function standardizingTable(histogram: Float64Array): Float32Array {
  let [count, sum, squares] = [0, 0, 0];
  histogram.forEach((n, value) => {
    count += n;
    sum += n * value;
    squares += n * value * value;
  });
  const mean = sum / count;
  const deviation = Math.sqrt(squares / count - mean * mean);
  return Float32Array.from(histogram, (_, value) => (deviation > 0 ? (value - mean) / deviation : 0));
}
