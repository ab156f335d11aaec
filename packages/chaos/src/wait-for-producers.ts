import { type Stores, waitUntil } from '@quakewire/demo';
import { createLeaderLease } from '@quakewire/dynamodb';

/** A killed one is replaced by the next start of its schedule, each minute. */
const deadlineMs = 150_000;

/** Waits until somebody leads and somebody else stands by: what a run begins with. */
export async function waitForProducers(client: Stores['client'], table: string): Promise<void> {
  for (const role of ['lease', 'standby'] as const) {
    const lease = createLeaderLease({ client, table, role });
    const first = await lease.read();
    await waitUntil(role === 'lease' ? 'a producer leads' : 'a producer stands by', deadlineMs, async () => {
      const now = await lease.read();
      const isAlive = now?.owner !== undefined && (now.beat !== first?.beat || now.epoch !== first?.epoch);
      return isAlive || undefined;
    });
  }
}
