import type { Clock, LeaderLease } from '@quakewire/core';
import { signal } from './signal.ts';

/** Longer than a leader ever waits to renew its lease, shorter than the hold that a frozen standby may lose. */
const stillMs = 3_500;

/**
 * The process whose freezing makes the leader's lease stand still; nothing else tells from outside who leads. It is left
 * frozen. Undefined when none of them leads.
 * @param pids processes of the producer.
 */
export async function freezeLeader(
  pids: readonly number[],
  lease: Pick<LeaderLease, 'read'>,
  clock: Pick<Clock, 'sleep'>,
): Promise<number | undefined> {
  for (const pid of pids) {
    if (!signal(pid, 'SIGSTOP')) continue;
    const before = await lease.read();
    await clock.sleep(stillMs);
    const after = await lease.read();
    if (after?.owner === before?.owner && after?.beat === before?.beat && after?.epoch === before?.epoch) return pid;
    signal(pid, 'SIGCONT');
  }
  return undefined;
}
