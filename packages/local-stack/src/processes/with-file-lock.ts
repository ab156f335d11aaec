import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startMarkOf } from './process-table.ts';

const POLL_MS = 200;
let ownLocks = 0;

/**
 * Runs `work` while holding a lock file, so that two commands do not install or take over the same thing at once. A lock
 * whose holder (pid and start) is gone is taken. Two waiters may take a stale lock in the same instant: that costs double
 * work, never a broken result, because what is built under the lock appears by one rename.
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait: (holderPid: number) => void = () => undefined,
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryLock(file)) {
    const holder = readHolder(file);
    if (holder === undefined || startMarkOf(holder.pid) !== holder.startMark) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) onWait(holder.pid);
    told = true;
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Appears whole or not at all (link refuses an existing name), so that nobody reads a lock without its holder. */
function tryLock(file: string): boolean {
  const own = `${file}.${process.pid}.${ownLocks++}`;
  writeFileSync(own, `${process.pid} ${startMarkOf(process.pid)}`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(file: string): { pid: number; startMark: string } | undefined {
  try {
    const [pid, ...mark] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), startMark: mark.join(' ') };
  } catch {
    return undefined;
  }
}
