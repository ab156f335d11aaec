import type { EndpointDirectory } from '@quakewire/core';
import type { ItemLock, ItemLocks } from './item-locks.ts';

/** The locks beside a directory's rows, in memory. */
export function createInMemoryItemLocks({ readRange }: Pick<EndpointDirectory, 'readRange'>): ItemLocks {
  const locks = new Map<string, ItemLock>();
  const lockOf = (name: string): ItemLock => locks.get(name) ?? { version: 0 };
  return {
    async readRange(channel, range) {
      const { cell } = range;
      const rows = await readRange(channel, range);
      return rows.map((row) => ({ row, cell, lock: { ...lockOf(`${channel}/${cell}/${row.sortKey}`) } }));
    },
    async lock(channel, { row, cell, lock }, run) {
      const name = `${channel}/${cell}/${row.sortKey}`;
      const current = lockOf(name);
      if (current.version !== lock.version || current.run === run) return false;
      locks.set(name, { version: lock.version + 1, run });
      return true;
    },
    async record(channel, { row, cell, lock }, outcome) {
      const name = `${channel}/${cell}/${row.sortKey}`;
      const current = lockOf(name);
      if (current.version !== lock.version + 1) return false;
      locks.set(name, { ...current, outcome });
      return true;
    },
  };
}
