import { type Demand, requiredRate } from './demand.ts';
import { sum, up } from './integer.ts';
import { ladder, ladderFloor } from './ladder.ts';
import type { ChannelPolicy, Policy } from './policy.ts';
import { type Settled, settle } from './settle.ts';

/** Growth lands 10 % above the need: this headroom is the dead band, so that no SLO is missed because of one. */
const headroomPercent = 110;
/** A small channel may grow by this many at once, a larger one doubles. */
const smallStep = 10;

export interface ActiveNeed {
  need: number;
  target: number;
  floor: number;
  cap: number;
}

/** Lowest count that a policy allows with this many senders in use. */
export function activeFloor(channel: ChannelPolicy, sendersInUse: number): number {
  const floor = Math.max(ladder(channel.minimumActivePartitions), ladder(sendersInUse));
  return Math.min(floor, ladderFloor(channel.maximumActivePartitions));
}

/** One partition is one worker: as many as `min(what the SLO requires, what the provider allows)` keeps busy. */
export function needActivePartitions(channel: ChannelPolicy, demand: Demand): ActiveNeed {
  const floor = activeFloor(channel, demand.senders.length);
  const cap = ladderFloor(channel.maximumActivePartitions);
  const clamp = (count: number) => Math.min(cap, Math.max(floor, count));
  const workers = workersNeeded(demand);
  return { need: clamp(workers), target: clamp(ladder(up(workers * headroomPercent, 100))), floor, cap };
}

function workersNeeded(demand: Demand): number {
  const bySender = demand.senders.map(({ endpoints, usable }) =>
    up(Math.min(requiredRate(endpoints, demand.drainMs), usable), demand.worker),
  );
  const byAccount =
    demand.accountUsable === null
      ? Number.MAX_SAFE_INTEGER
      : up(demand.accountUsable, demand.worker) + demand.senders.length - 1;
  return Math.min(sum(bySender), Math.max(0, byAccount));
}

/** The next count: a step up or down from the current one, kept inside the policy's bounds. */
export function settleActivePartitions(
  current: number | null,
  { need, target, floor, cap }: ActiveNeed,
  earlierTargets: readonly number[],
  policy: Policy,
): Settled {
  const settled = settle({
    current,
    need,
    target,
    earlierTargets,
    policy,
    highest: (from) => ladder(Math.max(2 * from, from + smallStep)),
    lowest: (from) => ladder(up(from, 2)),
  });
  const chosen = Math.min(cap, Math.max(floor, settled.chosen));
  if (chosen === settled.chosen || current === null) return { ...settled, chosen };
  return { chosen, code: codeOfBound(current, chosen, target) };
}

/** A changed minimum or maximum takes effect at once: a person decided it. */
function codeOfBound(current: number, chosen: number, target: number): Settled['code'] {
  if (chosen < current) return 'SHRINK';
  if (chosen > current) return chosen < target ? 'GROW_STEP_CAPPED' : 'GROW';
  return null;
}
