import fc from 'fast-check';
import { observationsFor, scenarios } from '../../test/arbitraries.ts';
import { capacities, isHeld, lastOf, manyRuns } from '../../test/run-scenario.ts';
import { capacityOf } from './capacity.ts';
import { decide } from './decide.ts';
import type { EndpointCount, Observation } from './observation.ts';
import { ownValue } from './own-value.ts';
import { serialise } from './serialise.ts';
import type { ChannelCapacity } from './sizing.ts';

const runs = { minLength: 2, maxLength: 3 };
const flags = ['paused', 'alertInFlight', 'deployInFlight', 'drillInFlight'] as const;

function fieldsOf({ maxWorkersPerSegment: _rate, ...capacity }: ChannelCapacity) {
  return Object.entries(capacity);
}

test('a held channel loses nothing, and the run says so by exit code 3', () => {
  let held = 0;
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const next = decide(observation, scenario.policy, previous);
      for (const [name, before] of capacities(previous, scenario.policy)) {
        if (!isHeld(next, name)) continue;
        held++;
        const after = capacityOf(next.capacity, name) as ChannelCapacity;
        for (const [field, value] of fieldsOf(before)) {
          expect(Number(after[field as keyof ChannelCapacity])).toBeGreaterThanOrEqual(Number(value));
        }
        expect(after.maxWorkersPerSegment).toBe(before.maxWorkersPerSegment);
        expect(next.exitCode).toBe(3);
        expect(next.predictions[name]).toBeNull();
      }
    }),
    manyRuns,
  );
  expect(held).toBeGreaterThan(100);
});

test('without trustworthy live values everything stays, and agreement is forgotten', () => {
  const broken = fc.constantFrom<Observation['live']>(
    { status: 'failed' },
    { status: 'ok', ageSeconds: 9_000, partitions: {}, accountConcurrency: 1_000, concurrencyReservedByOthers: 0 },
    { status: 'ok', ageSeconds: 1, partitions: { sms: -1 }, accountConcurrency: 1_000, concurrencyReservedByOthers: 0 },
    {
      status: 'ok',
      ageSeconds: 1,
      partitions: { sms: 200_001 },
      accountConcurrency: 1_000,
      concurrencyReservedByOthers: 0,
    },
    { status: 'ok', ageSeconds: 1, partitions: {}, accountConcurrency: 1.5, concurrencyReservedByOthers: 0 },
  );
  fc.assert(
    fc.property(scenarios(runs), broken, (scenario, live) => {
      const { previous, observation } = lastOf(scenario);
      const next = decide({ ...observation, live }, scenario.policy, previous);
      expect(serialise(next.capacity)).toBe(serialise(previous?.capacity));
      expect(next).toMatchObject({
        verdict: 'hold',
        exitCode: 3,
        changes: [],
        reasons: [{ code: 'HELD_LIVE_UNKNOWN' }],
      });
      expect(next.carried).toEqual({ endpoints: previous?.carried.endpoints, targets: {}, producerMemoryMb: [] });
    }),
    manyRuns,
  );
});

test('any flag that is not exactly false freezes everything, a missing one too', () => {
  const notFalse = fc.constantFrom<unknown>(true, undefined, null, 'false', 0);
  fc.assert(
    fc.property(scenarios(runs), fc.constantFrom(...flags), notFalse, (scenario, flag, value) => {
      const { previous, observation } = lastOf(scenario);
      const next = decide({ ...observation, [flag]: value } as Observation, scenario.policy, previous);
      expect(serialise(next.capacity)).toBe(serialise(previous?.capacity));
      expect(serialise(next.carried)).toBe(serialise(previous?.carried));
      expect(next).toMatchObject({ verdict: 'frozen', exitCode: 0, changes: [] });
    }),
    manyRuns,
  );
});

test('a hold forgets the agreement of its channel and keeps its last good count', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const next = decide(observation, scenario.policy, previous);
      for (const { name } of scenario.policy.channels) {
        if (!isHeld(next, name)) continue;
        expect(Object.keys(next.carried.targets)).not.toContain(name);
        expect(ownValue(next.carried.endpoints, name)).toBe(ownValue(previous?.carried.endpoints, name));
        expect(next.carried.producerMemoryMb).toEqual([]);
      }
    }),
    manyRuns,
  );
});

const drops = scenarios({ minLength: 1, maxLength: 1 }, { good: true }).chain((scenario) =>
  fc.record({
    scenario: fc.constant(scenario),
    before: fc.integer({ min: 1, max: 1_000_000 }),
    percentLeft: fc.integer({ min: 0, max: 49 }),
    confirmation: fc.constantFrom('agrees', 'missing', 'old'),
  }),
);

test('a count that fell below half is held unless a fresh full count agrees', () => {
  fc.assert(
    fc.property(drops, ({ scenario: { policy, observations }, before, percentLeft, confirmation }) => {
      const observation = observations[0] as Observation;
      const name = policy.channels[0]?.name as string;
      const after = Math.floor((before * percentLeft) / 100);
      const count = (endpoints: number, rest: Partial<EndpointCount>): Observation => ({
        ...observation,
        endpointsByChannelAndCountry: {
          ...observation.endpointsByChannelAndCountry,
          [name]: { status: 'ok', ageSeconds: 60, byCountry: { RO: endpoints }, ...rest },
        },
      });
      const previous = decide(count(before, { fullCount: null }), policy, null);
      const full = { agrees: [after, 60], missing: [null, null], old: [after, 9_000] }[confirmation] as [
        number,
        number,
      ];
      const next = decide(count(after, { fullCount: full[0], fullCountAgeSeconds: full[1] }), policy, previous);
      const codes = next.reasons.filter(({ channel }) => channel === name).map(({ code }) => code);
      expect(codes.includes('HELD_DROP_UNCONFIRMED')).toBe(confirmation !== 'agrees');
    }),
    manyRuns,
  );
});

test('nobody left is believed only from a full count of exactly 0', () => {
  const fullCounts = fc.constantFrom<number | null>(null, 0, 1, 99);
  fc.assert(
    fc.property(drops, fullCounts, ({ scenario: { policy, observations }, before }, fullCount) => {
      const observation = observations[0] as Observation;
      const name = policy.channels[0]?.name as string;
      const count = (endpoints: number, full: number | null): Observation => ({
        ...observation,
        endpointsByChannelAndCountry: {
          [name]: {
            status: 'ok',
            ageSeconds: 1,
            byCountry: { RO: endpoints },
            fullCount: full,
            fullCountAgeSeconds: 1,
          },
        },
      });
      const previous = decide(count(before, before), policy, null);
      const next = decide(count(0, fullCount), policy, previous);
      expect(isHeld(next, name)).toBe(fullCount !== 0);
    }),
    manyRuns,
  );
});

test('a held channel moves no other channel while budgets are open', () => {
  const several = scenarios(runs, { good: true, budgetsOpen: true }).filter(({ policy }) => policy.channels.length > 1);
  fc.assert(
    fc.property(several, (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const { policy } = scenario;
      const lost = policy.channels[0]?.name as string;
      const { [lost]: _lost, ...others } = observation.endpointsByChannelAndCountry;
      const all = decide(observation, policy, previous);
      const without = decide({ ...observation, endpointsByChannelAndCountry: others }, policy, previous);
      for (const { name } of policy.channels.slice(1)) {
        expect(capacityOf(without.capacity, name)).toEqual(capacityOf(all.capacity, name));
        expect(without.predictions[name]).toEqual(all.predictions[name]);
      }
    }),
    manyRuns,
  );
});

test('an absurd count is held, whatever is wrong with it', () => {
  const absurd = fc.constantFrom<unknown>(-1, 1.5, 100_000_001, Number.NaN, '12', null);
  const cases = scenarios({ minLength: 1, maxLength: 1 }, { good: true }).chain(({ policy }) =>
    fc.record({ policy: fc.constant(policy), observation: observationsFor(policy, { good: true }), value: absurd }),
  );
  fc.assert(
    fc.property(cases, ({ policy, observation, value }) => {
      const name = policy.channels[0]?.name as string;
      const count = { status: 'ok', ageSeconds: 1, byCountry: { RO: value }, fullCount: null };
      const counts = { ...observation.endpointsByChannelAndCountry, [name]: count };
      const next = decide({ ...observation, endpointsByChannelAndCountry: counts } as Observation, policy, null);
      expect(next.reasons).toContainEqual({ code: 'HELD_COUNT_ABSURD', channel: name });
    }),
    manyRuns,
  );
});
