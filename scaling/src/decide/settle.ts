import type { Policy } from './policy.ts';
import type { ReasonCode } from './reason.ts';

export interface Settled {
  chosen: number;
  /** Why it is not simply the target, or null when nothing is to be said. */
  code: ReasonCode | null;
}

export interface SettleInput {
  /** null = no sizing before. */
  current: number | null;
  /** Growth starts when this is above the current value. */
  need: number;
  /** Where growth lands and what shrinking aims at; never below the need. */
  target: number;
  /** Targets of the good runs before this one, oldest first. */
  earlierTargets: readonly number[];
  policy: Pick<Policy, 'agreeingRunsToShrink' | 'allowShrink'>;
  /** Step caps of one run; without them a field moves to its target at once. */
  highest?: (current: number) => number;
  lowest?: (current: number) => number;
}

/** The one rule for every settled field: grow at once, shrink only when k runs in a row agree that it is worth it. */
export function settle(input: SettleInput): Settled {
  const { current, need, target } = input;
  if (current === null) return { chosen: target, code: 'FIRST_SIZING' };
  if (need > current) return grow(current, input);
  if (target < current) return shrink(current, input);
  return { chosen: current, code: null };
}

function grow(current: number, { target, highest }: SettleInput): Settled {
  const limit = highest?.(current) ?? target;
  return limit < target ? { chosen: limit, code: 'GROW_STEP_CAPPED' } : { chosen: target, code: 'GROW' };
}

function shrink(current: number, { target, earlierTargets, policy, lowest }: SettleInput): Settled {
  if (!policy.allowShrink) return { chosen: current, code: 'SHRINK_FORBIDDEN' };
  const runs = policy.agreeingRunsToShrink;
  const agreeing = [...earlierTargets, target].slice(-runs);
  const goal = Math.max(...agreeing);
  if (agreeing.length < runs || goal >= current) return { chosen: current, code: 'SHRINK_WAITING' };
  const chosen = Math.max(goal, lowest?.(current) ?? goal);
  return savesEnough(current, chosen) ? { chosen, code: 'SHRINK' } : { chosen: current, code: 'IN_DEAD_BAND' };
}

/** Under a tenth is not worth a change. */
function savesEnough(current: number, chosen: number): boolean {
  return (current - chosen) * 10 >= current;
}

/** What the next run remembers: the last k - 1 targets, this one included. */
export function remember<T>(earlier: readonly T[], target: T, policy: Pick<Policy, 'agreeingRunsToShrink'>): T[] {
  return [...earlier, target].slice(1 - policy.agreeingRunsToShrink);
}
