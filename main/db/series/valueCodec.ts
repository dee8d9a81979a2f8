/**
 * Values of a chunk as bytes, lossless: NaN, infinities and -0 come back. First byte: the form. Little-endian.
 *   0 constant: one float64 for all
 *   1 float32:  where every value is one exactly, which is what engines in single precision log
 *   2 float64
 */
const constant = 0;
const single = 1;
const double = 2;

/** `values` is not empty. */
export function encodeValues(values: Float64Array): Uint8Array {
  const first = values[0]!;
  if (values.every((x) => Object.is(x, first))) return withForm(constant, Float64Array.of(first));
  if (values.every((x) => Object.is(x, Math.fround(x)))) return withForm(single, Float32Array.from(values));
  return withForm(double, values);
}

/** Throws an Error when the bytes do not hold exactly `n` values. */
export function decodeValues(bytes: Uint8Array, n: number): Float64Array {
  // A copy, since what follows the form byte is not aligned (and a Buffer's slice would be a view).
  const body = new Uint8Array(bytes.subarray(1));
  const expect = (length: number): void => {
    if (body.length !== length) throw new Error(`${body.length} bytes of values where ${length} belong`);
  };
  switch (bytes[0] ?? -1) {
    case constant:
      expect(8);
      return new Float64Array(n).fill(new Float64Array(body.buffer)[0]!);
    case single:
      expect(4 * n);
      return Float64Array.from(new Float32Array(body.buffer));
    case double:
      expect(8 * n);
      return new Float64Array(body.buffer);
    default:
      throw new Error('unknown form of values');
  }
}

function withForm(form: number, values: Float32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(1 + values.byteLength);
  bytes[0] = form;
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 1);
  return bytes;
}
