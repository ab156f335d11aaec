import { keepCurrent } from './kept-current.ts';

describe('a value kept current', () => {
  it('is read where it never was, then answered from memory until it is refreshed', async () => {
    let reads = 0;
    const kept = keepCurrent(async () => ++reads);
    expect([await kept.get(), await kept.get()]).toEqual([1, 1]);
    expect(await kept.refresh()).toBe(2);
    expect(await kept.get()).toBe(2);
  });

  it('outlives a failed refresh', async () => {
    let isDown = false;
    const kept = keepCurrent(async () => (isDown ? Promise.reject(new Error('down')) : 'value'));
    await kept.get();
    isDown = true;
    await expect(kept.refresh()).rejects.toThrow('down');
    expect(await kept.get()).toBe('value');
  });
});
