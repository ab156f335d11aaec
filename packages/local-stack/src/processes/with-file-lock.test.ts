import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { withFileLock } from './with-file-lock.ts';

describe('a lock file', () => {
  it('lets one after the other in, and tells the one who waits', async () => {
    const file = join(temporaryFolder(), 'a.lock');
    const order: string[] = [];
    const holders: number[] = [];
    let leave = (): void => undefined;
    const mayLeave = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const first = withFileLock(file, async () => {
      order.push('first in');
      await mayLeave;
      order.push('first out');
    });
    const second = withFileLock(
      file,
      async () => void order.push('second in'),
      (pid) => {
        holders.push(pid);
        leave();
      },
    );
    await Promise.all([first, second]);
    expect(order).toEqual(['first in', 'first out', 'second in']);
    expect(holders).toEqual([process.pid]);
  });

  it('is taken over from a holder that is gone', async () => {
    const file = join(temporaryFolder(), 'a.lock');
    writeFileSync(file, `${process.pid} another start`);
    expect(await withFileLock(file, async () => 'in')).toBe('in');
  });

  it('is released after a failure and leaves no file', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.lock');
    await expect(withFileLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
