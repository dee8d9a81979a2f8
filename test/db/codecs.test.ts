import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSteps, encodeSteps } from '../../main/db/series/stepCodec.ts';
import { decodeValues, encodeValues } from '../../main/db/series/valueCodec.ts';

/** As the database gives them: a view into a larger buffer, at any offset. */
const stored = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);

const double = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, Number.MIN_VALUE, Number.MAX_VALUE));
const single = double.map(Math.fround);
const ascending = (step: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
  fc.uniqueArray(step, { minLength: 1, maxLength: 200 }).map((steps) => Float64Array.from(steps).sort());

describe('values of a chunk', () => {
  test('come back bit for bit, NaN, infinities and -0 among them', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(double, { minLength: 1 }), fc.array(single, { minLength: 1 })).map((x) => Float64Array.from(x)),
        (values) => {
          expect(decodeValues(stored(encodeValues(values)), values.length)).toStrictEqual(values);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('take 4 bytes each where all are float32 exactly, 8 where one is not, and 9 in all when constant', () => {
    const singles = Float64Array.from({ length: 1000 }, (_, i) => Math.fround(Math.sqrt(i)));
    expect(encodeValues(singles).length).toBe(1 + 4 * 1000);
    singles[500] = 0.1;
    expect(encodeValues(singles).length).toBe(1 + 8 * 1000);
    expect(encodeValues(new Float64Array(1000).fill(0.1)).length).toBe(9);
    expect(encodeValues(new Float64Array(1000).fill(NaN)).length).toBe(9);
  });

  test('0 and -0 are not taken for a constant', () => {
    const values = Float64Array.of(0, -0, 0);
    expect(decodeValues(encodeValues(values), 3)).toStrictEqual(values);
  });

  test('are refused when bytes are missing, left over or of an unknown form', () => {
    const bytes = encodeValues(Float64Array.of(1, 2, 3));
    expect(() => decodeValues(bytes.subarray(0, -1), 3)).toThrow('where 12 belong');
    expect(() => decodeValues(bytes, 2)).toThrow();
    expect(() => decodeValues(Uint8Array.of(77, 0, 0), 3)).toThrow('unknown form');
    expect(() => decodeValues(new Uint8Array(0), 3)).toThrow();
  });
});

describe('steps of a chunk', () => {
  const whole = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.maxSafeInteger());
  const any = fc.double({ noNaN: true, noDefaultInfinity: true });

  test('come back exactly: evenly spaced, unevenly, fractional, negative, up to 2^53 apart', () => {
    fc.assert(
      fc.property(fc.oneof(ascending(whole), ascending(any)), (steps) => {
        // 0 and -0 are one step.
        fc.pre(steps.every((step, i) => i === 0 || step > steps[i - 1]!));
        expect(decodeSteps(stored(encodeSteps(steps)), steps.length)).toStrictEqual(steps);
      }),
      // Further apart than whole numbers are exact.
      { numRuns: 500, examples: [[Float64Array.of(-2730648453127756, 6306370042417311)]] },
    );
  });

  test('cost 17 bytes when evenly spaced and about one byte each when nearly so', () => {
    expect(encodeSteps(Float64Array.from({ length: 1024 }, (_, i) => 7 + 5 * i)).length).toBe(17);
    const uneven = Float64Array.from({ length: 1024 }, (_, i) => 5 * i + (i % 3));
    expect(encodeSteps(uneven).length).toBe(9 + 1023);
  });

  test('are refused when cut off, left over, not ascending or of an unknown form', () => {
    const bytes = encodeSteps(Float64Array.of(1, 2, 4, 400));
    expect(() => decodeSteps(bytes.subarray(0, -1), 4)).toThrow('end early');
    expect(() => decodeSteps(bytes, 3)).toThrow('left after');
    expect(() => decodeSteps(encodeSteps(Float64Array.of(0.5, 0.25)), 2)).toThrow('do not ascend');
    expect(() => decodeSteps(Uint8Array.of(9), 1)).toThrow('unknown form');
  });

  test('random bytes are refused or give ascending steps, and never hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (bytes, n) => {
        try {
          const steps = decodeSteps(bytes, n);
          expect(steps.every((step, i) => i === 0 || step > steps[i - 1]!)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
