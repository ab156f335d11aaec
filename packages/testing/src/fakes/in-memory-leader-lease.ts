import type { LeaderLease, LeaseRecord } from '@quakewire/core';

export function createInMemoryLeaderLease(): LeaderLease {
  let lease: LeaseRecord | undefined;
  const isMine = (mine: LeaseRecord): boolean => lease?.epoch === mine.epoch && lease.owner === mine.owner;
  return {
    read: async () => structuredClone(lease),
    async take(seen, owner) {
      const isAsSeen = lease?.epoch === seen?.epoch && lease?.beat === seen?.beat && lease?.owner === seen?.owner;
      const isMineAlready = lease?.owner === owner && lease.epoch === (seen?.epoch ?? 0) + 1;
      if (!isAsSeen) return isMineAlready ? structuredClone(lease) : undefined;
      lease = { owner, epoch: (seen?.epoch ?? 0) + 1, beat: 0 };
      return { ...lease };
    },
    async renew(mine) {
      if (!lease || !isMine(mine)) return undefined;
      lease = { ...lease, beat: lease.beat + 1 };
      return { ...lease };
    },
    async release(mine) {
      if (lease && isMine(mine)) lease = { ...lease, owner: undefined, beat: lease.beat + 1 };
    },
  };
}
