import fc from 'fast-check';
import { observationsFor, policies, scenarios } from '../../test/arbitraries.ts';
import { capacities, lastOf, manyRuns } from '../../test/run-scenario.ts';
import { capacityOf } from './capacity.ts';
import { decide } from './decide.ts';
import { ladder } from './ladder.ts';
import type { PolicyInput } from './policy.ts';
import type { ChannelCapacity, Cost, Sizing } from './sizing.ts';

const runs = { minLength: 1, maxLength: 3 };

/** Whether a channel is above both what it had and the floor that its policy and senders set. */
function hasGrown(sizing: Sizing, previous: Sizing | null, policy: PolicyInput): string[] {
  return policy.channels.flatMap(({ name, minimumActivePartitions = 2, senders }) => {
    const before = capacityOf(previous?.capacity, name);
    const now = capacityOf(sizing.capacity, name) as ChannelCapacity;
    const floor = Math.max(before?.activePartitions ?? 0, ladder(minimumActivePartitions), ladder(senders.length));
    const grown = now.activePartitions > floor || now.warmWorkers > (before?.warmWorkers ?? 0);
    return grown ? [name] : [];
  });
}

const standing = (sizing: Sizing) => (sizing.cost as Cost).standingUsdCentsPerMonth;
const codes = (sizing: Sizing) => sizing.reasons.map(({ code }) => code);

test('above the cost ceiling nothing has grown, and it is said', () => {
  let above = 0;
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const sizing = decide(observation, scenario.policy, previous);
      const isAbove = standing(sizing) > (scenario.policy.standingCostCeilingUsdPerMonth ?? 1_000) * 100;
      expect(codes(sizing).includes('COST_ABOVE_CEILING')).toBe(isAbove);
      if (!isAbove) return;
      above++;
      expect(hasGrown(sizing, previous, scenario.policy)).toEqual([]);
      const memoryBefore = previous?.capacity?.infrastructure.producer.memoryMb ?? 0;
      expect(sizing.capacity?.infrastructure.producer.memoryMb).toBeLessThanOrEqual(Math.max(memoryBefore, 512));
    }),
    manyRuns,
  );
  expect(above).toBeGreaterThan(50);
});

test('where the account concurrency does not suffice no active partition has grown, and the limit to ask for is said', () => {
  let short = 0;
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const sizing = decide(observation, scenario.policy, previous);
      const { accountConcurrency = 0, concurrencyReservedByOthers = 0 } = observation.live;
      const all = Object.values(sizing.capacity?.infrastructure.channels ?? {});
      const reserved = all.reduce((total, channel) => total + channel.reservedConcurrency, 0);
      const required = reserved + concurrencyReservedByOthers + 100;
      const asks = sizing.reasons.filter(({ code }) => code === 'CONCURRENCY_TOO_SMALL').map(({ askFor }) => askFor);
      if (required <= accountConcurrency) return expect(asks).toEqual([]);
      short++;
      const [ask = 0] = asks;
      expect(ask).toBeGreaterThanOrEqual(required);
      const { policy } = scenario;
      const activeOnly = hasGrown(sizing, previous, policy).filter((name) => {
        const before = capacityOf(previous?.capacity, name)?.activePartitions ?? 0;
        const { minimumActivePartitions = 2, senders = [] } =
          policy.channels.find((channel) => channel.name === name) ?? {};
        const floor = Math.max(before, ladder(minimumActivePartitions), ladder(senders.length));
        return (capacityOf(sizing.capacity, name)?.activePartitions ?? 0) > floor;
      });
      expect(activeOnly).toEqual([]);
    }),
    manyRuns,
  );
  expect(short).toBeGreaterThan(50);
});

test('a lower cost ceiling takes nothing away that was there', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 2, maxLength: 3 }), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const lower = { ...scenario.policy, standingCostCeilingUsdPerMonth: 0 };
      const wide = { ...scenario.policy, standingCostCeilingUsdPerMonth: 10_000_000 };
      const poor = Object.fromEntries(capacities(decide(observation, lower, previous), lower));
      const rich = Object.fromEntries(capacities(decide(observation, wide, previous), wide));
      for (const [name, before] of capacities(previous, scenario.policy)) {
        for (const field of ['activePartitions', 'partitions', 'warmWorkers', 'reservedConcurrency'] as const) {
          const kept = Math.min(before[field], rich[name]?.[field] ?? 0);
          expect(poor[name]?.[field]).toBeGreaterThanOrEqual(kept);
        }
      }
    }),
    manyRuns,
  );
});

test('a channel that had a warm worker keeps at least one, whatever endpoints, percentage and budgets say', () => {
  let had = 0;
  fc.assert(
    fc.property(
      scenarios({ minLength: 2, maxLength: 5 }),
      fc.integer({ min: 0, max: 100 }),
      (scenario, warmPercent) => {
        const { previous, observation } = lastOf(scenario);
        const channels = scenario.policy.channels.map((channel) => ({ ...channel, warmPercent }));
        const policy = { ...scenario.policy, channels, standingCostCeilingUsdPerMonth: 0 };
        const next = Object.fromEntries(capacities(decide(observation, policy, previous), policy));
        for (const [name, { warmWorkers }] of capacities(previous, policy)) {
          if (warmWorkers === 0) continue;
          had++;
          expect(next[name]?.warmWorkers).toBeGreaterThanOrEqual(1);
        }
      },
    ),
    manyRuns,
  );
  expect(had).toBeGreaterThan(50);
});

const anyInstallation = policies.chain((policy) =>
  fc.record({
    policy: fc.constant({ ...policy, standingCostCeilingUsdPerMonth: 10_000_000 }),
    observation: observationsFor(policy, { good: true, budgetsOpen: true }),
  }),
);

test('pollers are none exactly on demand; the mode moves no other field and costs exactly its poller units', () => {
  fc.assert(
    fc.property(anyInstallation, ({ policy, observation }) => {
      const inMode = (provisionedPollers: boolean) => {
        const channels = policy.channels.map((channel) => ({ ...channel, provisionedPollers }));
        return decide(observation, { ...policy, channels }, null);
      };
      const onDemand = inMode(false);
      const provisioned = inMode(true);
      let pollerUnits = 0;
      for (const { name } of policy.channels) {
        const {
          minimumPollers: none,
          maximumPollers: alsoNone,
          ...rest
        } = capacityOf(onDemand.capacity, name) as ChannelCapacity;
        const { minimumPollers, maximumPollers, ...same } = capacityOf(provisioned.capacity, name) as ChannelCapacity;
        expect([none, alsoNone]).toEqual([null, null]);
        expect(minimumPollers).not.toBeNull();
        expect(maximumPollers).not.toBeNull();
        expect(same).toEqual(rest);
        pollerUnits += Math.ceil((minimumPollers ?? 0) / 10);
      }
      // 0.185 USD an hour and unit, 730 hours; both totals are rounded up to cents.
      expect(Math.abs(standing(provisioned) - standing(onDemand) - pollerUnits * 13_505)).toBeLessThanOrEqual(1);
    }),
    manyRuns,
  );
});
