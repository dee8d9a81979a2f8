import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../../renderer/state/address.ts';

describe('the address', () => {
  it('names view and parameters readably', () => {
    expect(formatAddress({ view: 'compare', params: { compared: 'A,B', x: 'scaled', hidden: '' } })).toBe(
      '#/compare?compared=A,B&x=scaled',
    );
    expect(parseAddress('#/compare?compared=A,B&x=scaled')).toEqual({
      view: 'compare',
      params: { compared: 'A,B', x: 'scaled' },
    });
  });

  it('is the first view when it says nothing or something else', () => {
    for (const fragment of ['', '#', '#token=abc', '#nothing']) expect(parseAddress(fragment)).toEqual({ view: '', params: {} });
  });

  it('gives back any parameters, whatever their characters', () => {
    const params = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc.string({ minLength: 1, unit: 'binary' }),
    );
    fc.assert(
      fc.property(params, (written) => {
        expect(parseAddress(formatAddress({ view: 'runs', params: written })).params).toEqual(written);
      }),
    );
  });
});
