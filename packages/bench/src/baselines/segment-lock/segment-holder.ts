import { type Clock, createHold, type Elapsed, startBoundMs } from '@quakewire/core';
import type { SegmentTask } from '../segment-task.ts';
import type { SegmentLease, SegmentLeases } from './segment-leases.ts';

/** The lease is renewed so long before the last instant at which a send may start. */
const renewMarginMs = 1_000;

/** Whoever holds a segment's lease. */
export interface SegmentHolder {
  owner: string;
  /** Whether a send may start now, renewing the lease when its time nears the end. */
  mayStart(): Promise<boolean>;
  renew(cursor: number): Promise<boolean>;
  release(): Promise<void>;
}

export function createSegmentHolder(
  { leases, clock }: { leases: SegmentLeases; clock: Clock },
  { run }: SegmentTask,
  first: SegmentLease,
  firstHold: Elapsed,
): SegmentHolder {
  const boundMs = startBoundMs(run.durations);
  let lease: SegmentLease | undefined = first;
  let hold = firstHold;
  async function renew(cursor: number): Promise<boolean> {
    if (!lease) return false;
    const issued = createHold(clock);
    lease = await leases.renew(lease, cursor);
    hold = issued;
    return lease !== undefined;
  }
  return {
    owner: `${first.owner}#${first.segmentId}`,
    async mayStart() {
      const elapsedMs = hold.elapsedMs();
      if (elapsedMs >= boundMs) return false;
      if (elapsedMs >= boundMs - renewMarginMs && !(await renew(lease?.cursor ?? 0))) return false;
      return hold.elapsedMs() < boundMs;
    },
    renew,
    async release() {
      if (lease) await leases.release(lease);
    },
  };
}
