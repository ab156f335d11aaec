import { type Budget, type ChannelName, probeCalls } from '@quakewire/core';

/** Sees each provider account's budget and what is sent under it, and notes what must never be. */
export interface AccountWitness {
  /** Each budget's rates and since when, oldest first. */
  rates: ReadonlyMap<ChannelName, { ratePerSecond: number; fromMs: number }[]>;
  /** The budget as it stands in the store after a write. */
  budgetIs(channel: ChannelName, budget: Budget): void;
  sendStarts(channel: ChannelName): void;
  /** The provider answered that this was too fast. @param startedMs when that send began. */
  throttled(channel: ChannelName, startedMs: number): void;
}

export interface AccountWitnessOptions {
  nowMs(): number;
  breaks(what: string): void;
  /** No fault keeps a worker from seeing the budget in time. */
  isCalm: boolean;
}

/** Within this time after a change every worker has seen it, unless a fault keeps it from that. */
const followMs = 3_000;

interface Account {
  budget: Budget;
  /** Since this generation, and since the breaker stands as it does. */
  fromMs: number;
  breakerFromMs: number;
  /** Sends in this generation. */
  sends: number;
  lastThrottledStartMs: number;
}

export function createAccountWitness({ nowMs, breaks, isCalm }: AccountWitnessOptions): AccountWitness {
  const rates = new Map<ChannelName, { ratePerSecond: number; fromMs: number }[]>();
  const accounts = new Map<ChannelName, Account>();

  function noteRate(channel: ChannelName, ratePerSecond: number): void {
    const known = rates.get(channel) ?? [];
    rates.set(channel, known);
    if (known.at(-1)?.ratePerSecond !== ratePerSecond) known.push({ ratePerSecond, fromMs: nowMs() });
  }
  /** One shrink a generation: only what was sent under the last one may cause the next. */
  function judgeShrink(channel: ChannelName, before: Account, after: Budget): void {
    const isShrunk = after.effectiveRatePerSecond < before.budget.effectiveRatePerSecond;
    const isSameSizing = after.ratePerSecond === before.budget.ratePerSecond;
    if (isShrunk && isSameSizing && before.lastThrottledStartMs < before.fromMs)
      breaks(`I10 ${channel} shrinks again by what was sent before it shrank`);
  }

  return {
    rates,
    budgetIs(channel, budget) {
      noteRate(channel, budget.ratePerSecond);
      const before = accounts.get(channel);
      if (before?.budget.generation === budget.generation) return;
      if (before) judgeShrink(channel, before, budget);
      accounts.set(channel, {
        ...{ budget, sends: 0, fromMs: nowMs() },
        breakerFromMs: before?.budget.breaker === budget.breaker ? before.breakerFromMs : nowMs(),
        lastThrottledStartMs: before?.lastThrottledStartMs ?? 0,
      });
    },
    sendStarts(channel) {
      const account = accounts.get(channel);
      if (!account || !isCalm) return;
      account.sends++;
      const { breaker } = account.budget;
      if (breaker === 'halfOpen' && account.sends === probeCalls + 1)
        breaks(`I10 more than ${probeCalls} are sent on ${channel} while its breaker is half open`);
      if (breaker === 'open' && nowMs() - account.breakerFromMs > followMs)
        breaks(`I10 somebody is sent to on ${channel} while its breaker is open`);
    },
    throttled(channel, startedMs) {
      const account = accounts.get(channel);
      if (account) account.lastThrottledStartMs = Math.max(account.lastThrottledStartMs, startedMs);
    },
  };
}
