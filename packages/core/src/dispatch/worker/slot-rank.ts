import { createLeaseWatch } from '../lease-time.ts';
import { slotTakeMs } from './slot-lease.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** Where this worker's slot stands among those that are held by living workers. */
export interface SlotRank {
  /**
   * True unless so many lower slots were seen to be renewed, not longer ago than a take would wait. A dead worker's slot
   * stays held in the table while others are free, so that only signs of life count.
   */
  isAmongLowest(count: number): Promise<boolean>;
}

export function createSlotRank(
  { budgets, channel, clock }: Pick<WorkerPorts, 'budgets' | 'channel' | 'clock'>,
  index: number,
): SlotRank {
  const watch = createLeaseWatch(clock);
  const firstSeen = new Map<number, number>();

  function isAlive(slot: { index: number; version: number }): boolean {
    const unchangedMs = watch.unchangedMs(String(slot.index), String(slot.version));
    const first = firstSeen.get(slot.index);
    if (first === undefined) firstSeen.set(slot.index, slot.version);
    return first !== undefined && first !== slot.version && unchangedMs < slotTakeMs;
  }

  return {
    async isAmongLowest(count) {
      if (index < count) return true;
      const slots = await budgets.listSlots(channel.name);
      return slots.filter((slot) => slot.owner && slot.index < index && isAlive(slot)).length < count;
    },
  };
}
