import { joinBytes } from '../../joinBytes.ts';

/**
 * Strictly ascending finite steps of a chunk as bytes, lossless. First byte: the form. Little-endian, as are all
 * platforms Node runs on.
 *   0 stride: first, stride (float64 each): evenly spaced whole numbers, the usual case
 *   1 deltas: first (float64), then differences as LEB128: other whole numbers
 *   2 plain:  float64 each
 */
const stride = 0;
const deltas = 1;
const plain = 2;

/** `steps` is not empty. */
export function encodeSteps(steps: Float64Array): Uint8Array {
  const first = steps[0]!;
  // Differences must be exact, and -0 would come back as 0 from a sum.
  const exact = steps.every(Number.isSafeInteger) && Number.isSafeInteger(steps.at(-1)! - first);
  if (!exact || Object.is(first, -0)) {
    return joinBytes([Uint8Array.of(plain), bytesOf(steps)]);
  }
  const spacing = steps.length > 1 ? steps[1]! - first : 1;
  if (steps.every((step, i) => step === first + i * spacing)) {
    return joinBytes([Uint8Array.of(stride), bytesOf(Float64Array.of(first, spacing))]);
  }
  const coded: number[] = [];
  for (let i = 1; i < steps.length; i++) {
    let difference = steps[i]! - steps[i - 1]!;
    // Differences may need 53 bits: no bit operators, which cut at 32.
    while (difference >= 128) {
      coded.push((difference % 128) + 128);
      difference = Math.floor(difference / 128);
    }
    coded.push(difference);
  }
  return joinBytes([Uint8Array.of(deltas), bytesOf(Float64Array.of(first)), Uint8Array.from(coded)]);
}

/** Throws an Error when the bytes do not hold exactly `n` strictly ascending steps. */
export function decodeSteps(bytes: Uint8Array, n: number): Float64Array {
  const steps = decodeForm(bytes, n);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(steps[i]!) || (i > 0 && !(steps[i]! > steps[i - 1]!))) throw new Error('steps do not ascend');
  }
  return steps;
}

function decodeForm(bytes: Uint8Array, n: number): Float64Array {
  const steps = new Float64Array(n);
  switch (bytes[0] ?? -1) {
    case stride: {
      const [first, spacing] = floats(bytes, 2);
      for (let i = 0; i < n; i++) steps[i] = first! + i * spacing!;
      return steps;
    }
    case deltas: {
      steps[0] = floats(bytes.subarray(0, 9), 1)[0]!;
      let at = 9;
      for (let i = 1; i < n; i++) {
        let difference = 0;
        let weight = 1;
        for (;;) {
          const byte = bytes[at++];
          if (byte === undefined) throw new Error('steps end early');
          difference += (byte % 128) * weight;
          if (byte < 128) break;
          weight *= 128;
        }
        steps[i] = steps[i - 1]! + difference;
      }
      if (at !== bytes.length) throw new Error('bytes left after the steps');
      return steps;
    }
    case plain:
      return floats(bytes, n);
    default:
      throw new Error('unknown form of steps');
  }
}

/** The `n` float64 after the first byte, which need not be aligned. */
function floats(bytes: Uint8Array, n: number): Float64Array {
  if (bytes.length !== 1 + 8 * n) throw new Error(`${bytes.length} bytes where ${1 + 8 * n} belong`);
  // A copy, since a Buffer's slice is a view of memory that is not aligned.
  return new Float64Array(new Uint8Array(bytes.subarray(1)).buffer);
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
