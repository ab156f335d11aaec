import { type Clock, createHold, createLeaseWatch, type Elapsed } from '@quakewire/core';
import type { SegmentTask } from '../segment-task.ts';
import type { SegmentLease, SegmentLeases } from './segment-leases.ts';

const lookEveryMs = 500;

/**
 * Takes a segment that nobody holds, or whose holder stays silent for the run's take time; or answers that all of it is
 * done, or that its holder is alive.
 */
export async function takeSegment(
  { leases, clock }: { leases: SegmentLeases; clock: Clock },
  { key, run, segmentId, pages }: SegmentTask,
  owner: string,
): Promise<{ lease: SegmentLease; hold: Elapsed } | 'done' | 'held'> {
  const watch = createLeaseWatch(clock);
  for (let look = 0; ; look++) {
    const seen = await leases.read(key, segmentId);
    if (seen && seen.cursor >= pages.length) return 'done';
    const silentMs = watch.unchangedMs(String(segmentId), `${seen?.epoch}/${seen?.beat}`);
    if (!seen?.owner || silentMs >= run.durations.takeMs) {
      const hold = createHold(clock);
      const lease = await leases.take(key, segmentId, seen, owner);
      return lease ? { lease, hold } : 'held';
    }
    if (look > 0 && silentMs === 0) return 'held';
    await clock.sleep(lookEveryMs);
  }
}
