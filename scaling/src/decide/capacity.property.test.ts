import fc from 'fast-check';
import { observationsFor, policiesWithoutBudgets, scenarios } from '../../test/arbitraries.ts';
import { capacities, isHeld, lastOf, manyRuns, runScenario } from '../../test/run-scenario.ts';
import { decide } from './decide.ts';
import { describeDemand } from './demand.ts';
import { up } from './integer.ts';
import { ladder } from './ladder.ts';
import type { Observation } from './observation.ts';
import { parsePolicy } from './parse-policy.ts';
import type { ChannelPolicy, Policy } from './policy.ts';
import type { ChannelCapacity, Prediction } from './sizing.ts';
import { trustInputs } from './trust-inputs.ts';

const open = { good: true, budgetsOpen: true };
const firstSizings = policiesWithoutBudgets.chain((policy) =>
  fc.record({ policy: fc.constant(policy), observation: observationsFor(policy, open) }),
);

function withMoreEndpoints(observation: Observation, more: number): Observation {
  const counts = Object.entries(observation.endpointsByChannelAndCountry).map(([name, count]) => {
    const byCountry = { ...count.byCountry, RO: (count.byCountry?.RO ?? 0) + more };
    return [name, { ...count, byCountry, fullCount: null }];
  });
  return { ...observation, endpointsByChannelAndCountry: Object.fromEntries(counts) };
}

function demandOf(observation: Observation, policy: Policy, channel: ChannelPolicy) {
  const trust = trustInputs(observation, channel, policy, null);
  if (trust.held !== null) throw new Error('the observation was meant to be good');
  return describeDemand(observation, channel, policy, trust.inputs);
}

test('more endpoints never need less of anything', () => {
  const growing = [
    'activePartitions',
    'partitions',
    'warmWorkers',
    'reservedConcurrency',
    'segmentEndpoints',
    'minimumPollers',
    'maximumPollers',
  ] as const;
  fc.assert(
    fc.property(firstSizings, fc.integer({ min: 0, max: 20_000_000 }), ({ policy, observation }, more) => {
      const less = capacities(decide(observation, policy, null), policy);
      const larger = capacities(decide(withMoreEndpoints(observation, more), policy, null), policy);
      for (const [position, [, capacity]] of less.entries()) {
        for (const field of growing) {
          expect(Number(larger[position]?.[1][field])).toBeGreaterThanOrEqual(Number(capacity[field]));
        }
      }
    }),
    manyRuns,
  );
});

test('a looser SLO never needs more workers', () => {
  fc.assert(
    fc.property(firstSizings, fc.integer({ min: 0, max: 3_600 }), ({ policy, observation }, slack) => {
      const channels = policy.channels.map((channel) => ({
        ...channel,
        sloSecondsToLastRecipient: (channel.sloSecondsToLastRecipient ?? 300) + slack,
      }));
      const tight = capacities(decide(observation, policy, null), policy);
      const loose = capacities(decide(observation, { ...policy, channels }, null), policy);
      for (const [position, [, capacity]] of tight.entries()) {
        expect(loose[position]?.[1].activePartitions).toBeLessThanOrEqual(capacity.activePartitions);
      }
    }),
    manyRuns,
  );
});

test('there are never more workers than the provider can feed, headroom and ladder aside', () => {
  fc.assert(
    fc.property(firstSizings, ({ policy, observation }) => {
      const settings = parsePolicy(policy);
      for (const [position, [, { activePartitions }]] of capacities(
        decide(observation, policy, null),
        policy,
      ).entries()) {
        const channel = settings.channels[position] as ChannelPolicy;
        const { senders, worker } = demandOf(observation, settings, channel);
        const fed = senders.reduce((total, { usable }) => total + up(usable, worker), 0);
        const floor = Math.max(ladder(channel.minimumActivePartitions), ladder(senders.length));
        expect(activePartitions).toBeLessThanOrEqual(Math.max(floor, ladder(up(fed * 110, 100))));
      }
    }),
    manyRuns,
  );
});

test('partitions are never fewer than live ones, previous ones and active ones', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 1, maxLength: 3 }), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const before = Object.fromEntries(capacities(previous, scenario.policy));
      for (const [name, { partitions, activePartitions }] of capacities(
        decide(observation, scenario.policy, previous),
        scenario.policy,
      )) {
        const earlier = before[name]?.partitions ?? 0;
        const live = observation.live.partitions?.[name] ?? 0;
        expect(partitions).toBeGreaterThanOrEqual(Math.max(earlier, live, activePartitions));
      }
    }),
    manyRuns,
  );
});

function expectHardLimits(capacity: ChannelCapacity): void {
  const { activePartitions, warmWorkers, reservedConcurrency, minimumPollers, maximumPollers } = capacity;
  expect(activePartitions).toBeLessThanOrEqual(1_000);
  expect(warmWorkers).toBeLessThanOrEqual(activePartitions);
  expect(activePartitions).toBeLessThan(reservedConcurrency);
  if (minimumPollers === null || maximumPollers === null) return;
  expect(minimumPollers).toBeGreaterThanOrEqual(1);
  expect(maximumPollers).toBeLessThanOrEqual(200);
  expect(minimumPollers).toBeLessThanOrEqual(maximumPollers);
  expect(minimumPollers * 5).toBeGreaterThanOrEqual(activePartitions);
}

test('the hard limits of AWS and the bounds of the policy are kept in every run', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 1, maxLength: 3 }), (scenario) => {
      for (const sizing of runScenario(scenario)) {
        const all = capacities(sizing, scenario.policy);
        for (const [position, [, capacity]] of all.entries()) {
          expectHardLimits(capacity);
          const { minimumActivePartitions = 2, maximumActivePartitions = 100 } =
            scenario.policy.channels[position] ?? {};
          expect(capacity.activePartitions).toBeGreaterThanOrEqual(minimumActivePartitions);
          expect(capacity.activePartitions).toBeLessThanOrEqual(maximumActivePartitions);
        }
        expect(all.reduce((total, [, { maximumPollers }]) => total + (maximumPollers ?? 0), 0)).toBeLessThanOrEqual(
          2_000,
        );
      }
    }),
    manyRuns,
  );
});

test('a share is at least a page and at most 1,000 endpoints, a worker finishes it within 10 s, and the map has at most 2,500 segments', () => {
  fc.assert(
    fc.property(firstSizings, ({ policy, observation }) => {
      const sizing = decide(observation, policy, null);
      const settings = parsePolicy(policy);
      for (const [position, [name, { activePartitions }]] of capacities(sizing, policy).entries()) {
        const { endpointsPerWorker, segments } = sizing.predictions[name] as Prediction;
        const { worker, channelUsable } = demandOf(observation, settings, settings.channels[position] as ChannelPolicy);
        expect(segments).toBeLessThanOrEqual(2_500);
        expect(endpointsPerWorker).toBeGreaterThanOrEqual(100);
        expect(endpointsPerWorker).toBeLessThanOrEqual(1_000);
        const rate = Math.min(worker, channelUsable / activePartitions);
        if (endpointsPerWorker > 100) expect((endpointsPerWorker * 1_000) / rate).toBeLessThanOrEqual(10);
      }
    }),
    manyRuns,
  );
});

test('5 % more or fewer endpoints change no active partition of a settled channel with one sender', () => {
  const oneSender = firstSizings.filter(({ policy }) => policy.channels.every(({ senders }) => senders.length === 1));
  fc.assert(
    fc.property(oneSender, fc.integer({ min: 95, max: 105 }), ({ policy, observation }, percent) => {
      const settled = decide(observation, policy, null);
      const counts = Object.entries(observation.endpointsByChannelAndCountry).map(([name, count]) => {
        const changed = Object.entries(count.byCountry ?? {}).map(([country, n]) => [
          country,
          Math.floor((n * percent) / 100),
        ]);
        return [name, { ...count, byCountry: Object.fromEntries(changed), fullCount: null }];
      });
      const next = decide(
        { ...observation, endpointsByChannelAndCountry: Object.fromEntries(counts) },
        policy,
        settled,
      );
      for (const [position, [name, { activePartitions }]] of capacities(settled, policy).entries()) {
        if (!isHeld(next, name))
          expect(capacities(next, policy)[position]?.[1].activePartitions).toBe(activePartitions);
      }
    }),
    manyRuns,
  );
});
