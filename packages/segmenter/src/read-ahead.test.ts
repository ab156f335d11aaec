import { readInOrder } from './read-ahead.ts';

async function* letters(name: string, begun: string[]) {
  begun.push(name);
  for (const letter of ['a', 'b', 'c']) yield `${name}${letter}`;
}

async function collect(sources: readonly string[], open: (source: string) => AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const { batches } of readInOrder(sources, 2, open)) for await (const batch of batches) all.push(batch);
  return all;
}

describe('reading several sources ahead', () => {
  it('gives every batch in the order of the sources', async () => {
    const all = await collect(['1', '2', '3'], (source) => letters(source, []));
    expect(all).toEqual(['1a', '1b', '1c', '2a', '2b', '2c', '3a', '3b', '3c']);
  });

  it('begins a source before the one in front of it is finished, but not all of them', async () => {
    const begun: string[] = [];
    for await (const { source } of readInOrder(['1', '2', '3', '4'], 2, (name) => letters(name, begun))) {
      expect(begun).toContain(source);
      if (source === '1') expect(begun).toEqual(['1', '2']);
    }
  });

  it('throws the failure of a source where its turn comes', async () => {
    const open = (source: string): AsyncIterable<string> =>
      source === '2'
        ? {
            [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('unreachable')) }),
          }
        : letters(source, []);
    await expect(collect(['1', '2', '3'], open)).rejects.toThrow('unreachable');
  });

  it('gives nothing without sources', async () => {
    expect(await collect([], (source) => letters(source, []))).toEqual([]);
  });
});
