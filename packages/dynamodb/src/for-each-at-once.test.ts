import { forEachAtOnce } from './for-each-at-once.ts';

const numbers = Array.from({ length: 20 }, (_, index) => index);

describe('working on several entries at once', () => {
  it('does each entry once, never more than the limit at the same time', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await forEachAtOnce(3, numbers, async (entry) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(entry);
    });
    expect(done.sort((a, b) => a - b)).toEqual(numbers);
    expect(most).toBe(3);
  });

  it('starts nothing more after a failure, and rejects with it', async () => {
    const started: number[] = [];
    const work = async (entry: number): Promise<void> => {
      started.push(entry);
      await Promise.resolve();
      if (entry === 4) throw new Error('entry 4');
    };
    await expect(forEachAtOnce(2, numbers, work)).rejects.toThrow('entry 4');
    expect(Math.max(...started)).toBeLessThan(8);
  });
});
