import type { RunKey } from '@quakewire/core';
import type { SegmentLease, SegmentLeases } from './segment-leases.ts';

const nameOf = ({ earthquakeId, seq, channel }: RunKey, segmentId: number): string =>
  `${earthquakeId}/${seq}/${channel}/${segmentId}`;

export function createInMemorySegmentLeases(): SegmentLeases {
  const leases = new Map<string, SegmentLease>();
  const write = (lease: SegmentLease): SegmentLease => {
    leases.set(nameOf(lease.key, lease.segmentId), lease);
    return { ...lease };
  };
  const isHeldAs = ({ key, segmentId, epoch, owner }: SegmentLease): boolean => {
    const current = leases.get(nameOf(key, segmentId));
    return current?.epoch === epoch && current.owner === owner;
  };
  return {
    async read(key, segmentId) {
      const lease = leases.get(nameOf(key, segmentId));
      return lease && { ...lease };
    },
    async take(key, segmentId, seen, owner) {
      const current = leases.get(nameOf(key, segmentId));
      if (current?.epoch !== seen?.epoch || current?.beat !== seen?.beat || current?.owner !== seen?.owner)
        return undefined;
      return write({ key, segmentId, owner, epoch: (seen?.epoch ?? 0) + 1, beat: 0, cursor: seen?.cursor ?? 0 });
    },
    async renew(mine, cursor) {
      return isHeldAs(mine) ? write({ ...mine, beat: mine.beat + 1, cursor }) : undefined;
    },
    async release(mine) {
      if (isHeldAs(mine)) write({ ...mine, owner: undefined, beat: mine.beat + 1 });
    },
  };
}
