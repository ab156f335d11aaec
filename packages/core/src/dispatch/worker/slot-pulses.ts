import type { Clock } from '../../runtime/clock.ts';
import type { SlotRecord } from '../budget.ts';
import { createLeaseWatch } from '../lease-time.ts';
import { slotTakeMs } from './slot-lease.ts';

/** Tells living slot holders from dead ones. */
export interface SlotPulses {
  /** Notes the slot as just read; true when its holder was seen to renew, not longer ago than a take would wait. */
  isAlive(slot: SlotRecord): boolean;
}

export function createSlotPulses(clock: Clock): SlotPulses {
  const watch = createLeaseWatch(clock);
  const firstSeen = new Map<number, number>();
  return {
    isAlive({ index, version }) {
      const unchangedMs = watch.unchangedMs(String(index), String(version));
      const first = firstSeen.get(index);
      if (first === undefined) firstSeen.set(index, version);
      return first !== undefined && first !== version && unchangedMs < slotTakeMs;
    },
  };
}
