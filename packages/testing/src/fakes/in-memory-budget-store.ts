import type { Budget, BudgetStore, ChannelName, RunStore, SlotRecord } from '@quakewire/core';

/** @param runs tells whether a run is open: a budget is not replaced under it. */
export function createInMemoryBudgetStore(runs: Pick<RunStore, 'listOpen'>): BudgetStore {
  const budgets = new Map<ChannelName, Budget>();
  const slots = new Map<string, SlotRecord>();
  const slotOf = (channel: ChannelName, index: number): SlotRecord =>
    slots.get(`${channel}#${index}`) ?? { index, owner: undefined, version: 0 };
  const change = (channel: ChannelName, slot: SlotRecord): SlotRecord => {
    slots.set(`${channel}#${slot.index}`, slot);
    return { ...slot };
  };
  const isMine = (channel: ChannelName, mine: SlotRecord): boolean => {
    const found = slotOf(channel, mine.index);
    return found.owner === mine.owner && found.version === mine.version;
  };

  return {
    async ensure(channel, ratePerSecond, slotCount) {
      const found = budgets.get(channel);
      if (found?.ratePerSecond === ratePerSecond && found.slots === slotCount) return;
      if (found && (await runs.listOpen(channel)).length > 0) return;
      budgets.set(channel, {
        ratePerSecond,
        effectiveRatePerSecond: ratePerSecond,
        slots: slotCount,
        generation: (found?.generation ?? 0) + 1,
        breaker: 'closed',
      });
    },
    read: async (channel) => structuredClone(budgets.get(channel)),
    async listSlots(channel) {
      const count = budgets.get(channel)?.slots ?? 0;
      return Array.from({ length: count }, (_, index) => ({ ...slotOf(channel, index) }));
    },
    async acquire(channel, seen, owner) {
      const found = slotOf(channel, seen.index);
      const isFree = found.owner === undefined;
      const isUnchanged = seen.owner !== undefined && found.version === seen.version;
      if (!isFree && !isUnchanged) return undefined;
      return change(channel, { index: seen.index, owner, version: found.version + 1 });
    },
    async renew(channel, mine) {
      return isMine(channel, mine) ? change(channel, { ...mine, version: mine.version + 1 }) : undefined;
    },
    async release(channel, mine) {
      if (isMine(channel, mine)) change(channel, { ...mine, owner: undefined, version: mine.version + 1 });
    },
  };
}
