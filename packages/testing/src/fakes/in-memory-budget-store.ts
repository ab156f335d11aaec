import {
  type Budget,
  type BudgetStore,
  type ChannelName,
  isFull,
  type RunStore,
  type SlotRecord,
} from '@quakewire/core';

/**
 * What is stored is replaced, never changed: all readers share it.
 * @param runs tells whether a run is open: a budget is not replaced under it.
 */
export function createInMemoryBudgetStore(runs: Pick<RunStore, 'listOpen'>): BudgetStore {
  const budgets = new Map<ChannelName, Budget>();
  const slots = new Map<ChannelName, Map<number, SlotRecord>>();
  const slotsOf = (channel: ChannelName): Map<number, SlotRecord> => {
    const known = slots.get(channel) ?? new Map<number, SlotRecord>();
    slots.set(channel, known);
    return known;
  };
  const freeSlot = (index: number): SlotRecord => ({
    ...{ index, owner: undefined, version: 0 },
    ...{ sharePerSecond: 0, isLeaving: false },
  });
  const slotOf = (channel: ChannelName, index: number): SlotRecord => slotsOf(channel).get(index) ?? freeSlot(index);
  const write = (channel: ChannelName, slot: SlotRecord): SlotRecord => {
    slotsOf(channel).set(slot.index, slot);
    return slot;
  };
  const isMine = (channel: ChannelName, mine: SlotRecord): boolean => {
    const found = slotOf(channel, mine.index);
    return found.owner === mine.owner && found.version === mine.version;
  };

  return {
    async ensure(channel, ratePerSecond, slotCount) {
      const found = budgets.get(channel);
      const isSame = found?.ratePerSecond === ratePerSecond && found.slots === slotCount;
      if (found && isSame && isFull(found) && found.breaker === 'closed') return;
      if (found && (await runs.listOpen(channel)).length > 0) return;
      budgets.set(channel, {
        ratePerSecond,
        effectiveRatePerSecond: ratePerSecond,
        slots: slotCount,
        generation: (found?.generation ?? 0) + 1,
        breaker: 'closed',
        pausedUntilMs: 0,
      });
    },
    read: async (channel) => budgets.get(channel),
    async change(channel, seen, change) {
      const found = budgets.get(channel);
      if (found?.generation !== seen.generation) return undefined;
      const changed = { ...found, ...change, generation: found.generation + 1 };
      budgets.set(channel, changed);
      return changed;
    },
    async listSlots(channel) {
      const count = budgets.get(channel)?.slots ?? 0;
      const own = Array.from({ length: count }, (_, index) => slotOf(channel, index));
      const beyond = [...slotsOf(channel).values()].filter(({ index, owner }) => index >= count && owner !== undefined);
      return [...own, ...beyond];
    },
    async acquire(channel, seen, owner, sharePerSecond) {
      const found = slotOf(channel, seen.index);
      const isFree = found.owner === undefined;
      const isUnchanged = seen.owner !== undefined && found.version === seen.version;
      if (!isFree && !isUnchanged) return undefined;
      return write(channel, { ...freeSlot(seen.index), owner, version: found.version + 1, sharePerSecond });
    },
    async renew(channel, mine) {
      return isMine(channel, mine) ? write(channel, { ...mine, version: mine.version + 1 }) : undefined;
    },
    async release(channel, mine) {
      if (isMine(channel, mine)) write(channel, { ...freeSlot(mine.index), version: mine.version + 1 });
    },
  };
}
