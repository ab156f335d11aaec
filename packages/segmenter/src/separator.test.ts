import fc from 'fast-check';
import { separator } from './separator.ts';

describe('the bound between two neighbouring keys', () => {
  it('is the next fine cell where the two lie in different ones', () => {
    expect(separator('871e90a2b#00aa', '871e90a2c#0011')).toBe('871e90a2c');
  });

  it('lies after the one and not after the other, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme-ascii' }), (a, b) => {
        fc.pre(a !== b);
        const [last, next] = a < b ? [a, b] : [b, a];
        const bound = separator(last, next);
        expect(bound > last).toBe(true);
        expect(bound <= next).toBe(true);
      }),
    );
  });

  it('is refused for keys out of order', () => {
    expect(() => separator('b', 'a')).toThrow('sort key a does not follow b');
    expect(() => separator('a', 'a')).toThrow('does not follow');
  });
});
