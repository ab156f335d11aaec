import { compareWithSinks, differences } from './compare-with-sinks.ts';

describe('the ledger against the sinks', () => {
  it('agrees when each accepted address arrived exactly once', () => {
    expect(differences(compareWithSinks(['a', 'b'], [], ['b', 'a']))).toBe(0);
  });

  it('names who is said to be told and was not', () => {
    expect(compareWithSinks(['a', 'b'], [], ['a'])).toMatchObject({ onlyInLedger: ['b'] });
  });

  it('names who was told although the ledger does not say so', () => {
    expect(compareWithSinks(['a'], [], ['a', 'c'])).toMatchObject({ onlyAtProvider: ['c'] });
  });

  it('names who was told twice', () => {
    expect(compareWithSinks(['a'], [], ['a', 'a'])).toMatchObject({ toldTwice: ['a'] });
  });

  it('agrees when an address is told of each alert once', () => {
    expect(differences(compareWithSinks(['a', 'b', 'a'], [], ['a', 'b', 'a']))).toBe(0);
    expect(compareWithSinks(['a', 'a'], [], ['a'])).toMatchObject({ onlyInLedger: ['a'] });
    expect(compareWithSinks(['a', 'a'], [], ['a', 'a', 'a'])).toMatchObject({ toldTwice: ['a'] });
  });

  it('lets an unknown outcome be told once, twice or not at all', () => {
    expect(differences(compareWithSinks([], ['a', 'b', 'c'], ['a', 'b', 'b']))).toBe(0);
  });
});
