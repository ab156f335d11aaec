import { capacityOf } from '../src/decide/capacity.ts';
import { decide } from '../src/decide/decide.ts';
import type { Observation } from '../src/decide/observation.ts';
import type { PolicyInput } from '../src/decide/policy.ts';
import type { ChannelCapacity, Sizing } from '../src/decide/sizing.ts';
import type { Scenario } from './arbitraries.ts';

/** Decides run after run; each sizing is applied, so that the next run sees its partitions live. */
export function runScenario({ policy, observations }: Scenario): Sizing[] {
  const sizings: Sizing[] = [];
  for (const observation of observations) {
    const previous = sizings.at(-1) ?? null;
    sizings.push(decide(afterApply(observation, previous), policy, previous));
  }
  return sizings;
}

/** The sizing after the given runs, and what the next run observes. */
export function lastOf(scenario: Scenario): { previous: Sizing | null; observation: Observation } {
  const earlier = scenario.observations.slice(0, -1);
  const previous = runScenario({ policy: scenario.policy, observations: earlier }).at(-1) ?? null;
  return { previous, observation: afterApply(scenario.observations.at(-1) as Observation, previous) };
}

/** The same observation with at least the partitions that the sizing brought. */
export function afterApply(observation: Observation, previous: Sizing | null): Observation {
  const applied = Object.entries(previous?.capacity?.infrastructure.channels ?? {});
  const before = observation.live.partitions ?? {};
  const partitions = applied.map(([name, { partitions: count }]) => [name, Math.max(count, before[name] ?? 0)]);
  return {
    ...observation,
    live: { ...observation.live, partitions: { ...before, ...Object.fromEntries(partitions) } },
  };
}

/** All fields of every channel of the policy. */
export function capacities(sizing: Sizing | null, policy: PolicyInput): [string, ChannelCapacity][] {
  return policy.channels.flatMap(({ name }): [string, ChannelCapacity][] => {
    const capacity = capacityOf(sizing?.capacity, name);
    return capacity === null ? [] : [[name, capacity]];
  });
}

export const isHeld = (sizing: Sizing, channel: string): boolean =>
  sizing.reasons.some(({ code, channel: of }) => code.startsWith('HELD') && of === channel);

/** Enough examples to mean something, few enough for every run of the tests. */
export const manyRuns = { numRuns: 1_000 };
