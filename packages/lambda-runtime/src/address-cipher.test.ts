import fc from 'fast-check';
import { addressKeysSchema, createAddressCipher } from './address-cipher.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const cipher = createAddressCipher({ keys: { '1': key(1) }, current: '1' });

test('what was sealed opens again, whatever the address', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (address) => cipher.open(cipher.seal(address)) === address));
});

test('the same address is never sealed alike twice', () => {
  expect(cipher.seal('+40700000001')).not.toEqual(cipher.seal('+40700000001'));
});

test('an address sealed with an older key opens as long as that key is kept', () => {
  const both = createAddressCipher({ keys: { '1': key(1), '2': key(2) }, current: '2' });
  expect(both.open(cipher.seal('a@b.example'))).toBe('a@b.example');
  expect(() => cipher.open(both.seal('a@b.example'))).toThrow('known key');
});

test('a changed byte anywhere is refused', () => {
  const sealed = cipher.seal('+40700000001');
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ change : byte));
      expect(() => cipher.open(changed)).toThrow();
    }),
  );
});

test('too short a text is refused by name', () => {
  expect(() => cipher.open(Uint8Array.of(1, 2, 3))).toThrow('known key');
  expect(() => cipher.open(new Uint8Array())).toThrow('known key');
});

test('a sealed phone number takes 29 bytes more than itself', () => {
  expect(cipher.seal('+40700000001')).toHaveLength(12 + 29);
});

test('keys of another length and a current key that is not there are refused', () => {
  expect(addressKeysSchema.safeParse({ keys: { '1': 'c2hvcnQ=' }, current: '1' }).success).toBe(false);
  expect(() => createAddressCipher({ keys: { '1': key(1) }, current: '2' })).toThrow('current names no key');
  expect(() => createAddressCipher({ keys: { '300': key(1) }, current: '300' })).toThrow('above 255');
});
