import type { ChannelName } from '../channel/channel.ts';

/** One provider account's rate, shared by all workers as leased slots. */
export interface Budget {
  /** What the provider allows, messages a second. */
  ratePerSecond: number;
  /** What is used now: shrinks on throttle answers, grows back. */
  effectiveRatePerSecond: number;
  /** Number of slots, fixed while a run is open. */
  slots: number;
  /** Grows with every change: who changes it says which one it has seen. */
  generation: number;
  breaker: 'closed' | 'open' | 'halfOpen';
  /** Nobody sends before this store time, milliseconds since the epoch: a throttle answer asked for a pause. 0 = none. */
  pausedUntilMs: number;
}

/** Nothing is held back: no throttle answer left it less. */
export const isFull = ({ ratePerSecond, effectiveRatePerSecond }: Budget): boolean =>
  effectiveRatePerSecond >= ratePerSecond;

/** What workers change of a budget; `budget-changes.ts` says when and to what. */
export type BudgetChange = Pick<Budget, 'effectiveRatePerSecond' | 'breaker' | 'pausedUntilMs'>;

export interface SlotRecord {
  index: number;
  /** Undefined when free. */
  owner: string | undefined;
  /** Fencing token: grows with every change. */
  version: number;
  /** The most that its holder may send, messages a second; 0 when free. */
  sharePerSecond: number;
  /** Its holder's time is nearly up: somebody else may stand by. */
  isLeaving: boolean;
}

export interface BudgetStore {
  /**
   * Creates the account's budget. While no run is open it is also replaced when the sizing has changed, and full again
   * when throttle answers or the breaker had left it less.
   */
  ensure(channel: ChannelName, ratePerSecond: number, slots: number): Promise<void>;
  /** @param isStrong reads what was written last, at twice the cost. */
  read(channel: ChannelName, isStrong?: boolean): Promise<Budget | undefined>;
  /** Writes the change as the next generation if the budget still is the one seen; undefined when another was first. */
  change(channel: ChannelName, seen: Budget, change: BudgetChange): Promise<Budget | undefined>;
  /** All slots of the budget, and those beyond that holders of an earlier, larger one still have. */
  listSlots(channel: ChannelName, isStrong?: boolean): Promise<SlotRecord[]>;
  /** Takes a free slot, or one seen unchanged for the take time; undefined when another was first. */
  acquire(
    channel: ChannelName,
    seen: SlotRecord,
    owner: string,
    sharePerSecond: number,
  ): Promise<SlotRecord | undefined>;
  /** Writes the share and whether its holder is leaving, as `mine` says. Undefined when it is no longer mine: stop at once. */
  renew(channel: ChannelName, mine: SlotRecord): Promise<SlotRecord | undefined>;
  release(channel: ChannelName, mine: SlotRecord): Promise<void>;
}
