import type { ChannelName } from '../channel/channel.ts';

/** One provider account's rate, shared by all workers as leased slots. */
export interface Budget {
  /** What the provider allows, messages a second. */
  ratePerSecond: number;
  /** What is used now: shrinks on throttle answers, grows back. */
  effectiveRatePerSecond: number;
  /** Number of slots, fixed while a run is open. */
  slots: number;
  generation: number;
  breaker: 'closed' | 'open' | 'halfOpen';
}

export interface SlotRecord {
  index: number;
  /** Undefined when free. */
  owner: string | undefined;
  /** Fencing token: grows with every change. */
  version: number;
}

export interface BudgetStore {
  /** Creates the account's budget, or replaces it when the rate changed and no run is open. */
  ensure(channel: ChannelName, ratePerSecond: number, slots: number): Promise<void>;
  read(channel: ChannelName): Promise<Budget | undefined>;
  listSlots(channel: ChannelName): Promise<SlotRecord[]>;
  /** Takes a free slot, or one seen unchanged for the take time; undefined when another was first. */
  acquire(channel: ChannelName, seen: SlotRecord, owner: string): Promise<SlotRecord | undefined>;
  /** Undefined when the slot is no longer mine: stop sending at once. */
  renew(channel: ChannelName, mine: SlotRecord): Promise<SlotRecord | undefined>;
  release(channel: ChannelName, mine: SlotRecord): Promise<void>;
}
