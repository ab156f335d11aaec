import fc from 'fast-check';
import { observationsFor, policies, type Scenario, scenarios } from '../../test/arbitraries.ts';
import { afterApply, capacities, lastOf, manyRuns, runScenario } from '../../test/run-scenario.ts';
import { capacityOf } from './capacity.ts';
import { decide } from './decide.ts';
import { ladder } from './ladder.ts';
import type { Observation } from './observation.ts';
import type { PolicyInput } from './policy.ts';
import { serialise } from './serialise.ts';
import type { Sizing } from './sizing.ts';

const good = { good: true };

/** Some runs that differ, then the last observation 40 times. */
function thenConstant(scenario: Scenario): { before: Sizing | null; after: Sizing[] } {
  const { previous, observation } = lastOf(scenario);
  const after: Sizing[] = [];
  // What still wants to shrink does so after k runs in a row at the latest.
  const calm = scenario.policy.agreeingRunsToShrink ?? 3;
  for (let run = 0; run < 40; run++) {
    const last = after.at(-1) ?? previous;
    after.push(decide(afterApply(observation, last), scenario.policy, last));
    if (after.length > calm && after.slice(-calm).every(({ verdict }) => verdict === 'no-change')) break;
  }
  return { before: previous, after };
}

const anyBudgets = fc.boolean().chain((budgetsOpen) =>
  fc.record({
    scenario: scenarios({ minLength: 2, maxLength: 3 }, { ...good, budgetsOpen }),
    // Warm workers that the cost ceiling refused may come for a while when shrinking partitions leave room for them.
    fields: fc.constant([
      'activePartitions',
      'segmentEndpoints',
      ...(budgetsOpen ? ['warmWorkers' as const] : []),
    ] as const),
  }),
);

test('with constant input the sizing settles within 40 runs, and no field goes both up and down on the way', () => {
  fc.assert(
    fc.property(anyBudgets, ({ scenario, fields }) => {
      const { before, after } = thenConstant(scenario);
      expect(after.at(-1)?.verdict).toBe('no-change');
      for (const { name } of scenario.policy.channels) {
        const steps = [before, ...after].flatMap((sizing) => capacityOf(sizing?.capacity, name) ?? []);
        for (const field of fields) expect(directions(steps.map((step) => step[field])).size).toBeLessThanOrEqual(1);
      }
    }),
    manyRuns,
  );
});

/** 1 where the values rise, -1 where they fall. */
function directions(values: number[]): Set<number> {
  const moves = values.slice(1).map((value, position) => Math.sign(value - (values[position] as number)));
  return new Set(moves.filter((move) => move !== 0));
}

// With tight budgets a run may leave room for the next: a refused partition can free a whole poller unit's price.
test('a first sizing leaves nothing pending while budgets are open: deciding again on its result gives the same capacity', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 1, maxLength: 1 }, { ...good, budgetsOpen: true }), (scenario) => {
      const [first] = runScenario(scenario) as [Sizing];
      const observation = scenario.observations[0] as Observation;
      const again = decide(afterApply(observation, first), scenario.policy, first);
      expect(serialise(again.capacity)).toBe(serialise(first.capacity));
      expect(again.verdict).toBe('no-change');
    }),
    manyRuns,
  );
});

test('one run grows active partitions at most to the double or by 10, and at most halves them', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 2, maxLength: 3 }), (scenario) => {
      const sizings = runScenario(scenario);
      for (const [position, sizing] of sizings.slice(1).entries()) {
        for (const [name, { activePartitions: was }] of capacities(sizings[position] as Sizing, scenario.policy)) {
          const now = capacityOf(sizing.capacity, name)?.activePartitions as number;
          // The floor is a bound of the policy and of the senders in use: it holds at once.
          const channel = scenario.policy.channels.find((candidate) => candidate.name === name);
          const floor = ladder(Math.max(channel?.minimumActivePartitions ?? 2, channel?.senders.length ?? 1));
          expect(now).toBeLessThanOrEqual(Math.max(floor, ladder(Math.max(2 * was, was + 10))));
          expect(now * 2).toBeGreaterThanOrEqual(was);
        }
      }
    }),
    manyRuns,
  );
});

/** Runs with many endpoints, then good runs with few, all confirmed. */
function manyThenFew(policy: PolicyInput, observation: Observation, few: number): { sizings: Sizing[]; runs: number } {
  const runs = policy.agreeingRunsToShrink ?? 3;
  const withCount = (count: number): Observation => ({
    ...observation,
    endpointsByChannelAndCountry: Object.fromEntries(
      policy.channels.map(({ name }) => [
        name,
        { status: 'ok', ageSeconds: 60, byCountry: { RO: count }, fullCount: count, fullCountAgeSeconds: 60 },
      ]),
    ),
  });
  const observations = [withCount(2_000_000), ...Array.from({ length: runs }, () => withCount(few))];
  return { sizings: runScenario({ policy, observations }), runs };
}

const shrinking = fc
  .record({ policy: policies, few: fc.integer({ min: 0, max: 2_000 }) })
  .chain(({ policy, few }) =>
    fc.record({ policy: fc.constant(policy), few: fc.constant(few), observation: observationsFor(policy, good) }),
  );

test('nothing shrinks before the k-th run in a row that agrees, and then what is worth it does', () => {
  let shrunk = 0;
  fc.assert(
    fc.property(shrinking, ({ policy, observation, few }) => {
      const { sizings, runs } = manyThenFew(policy, observation, few);
      for (const { name } of policy.channels) {
        const active = sizings.map((sizing) => capacityOf(sizing.capacity, name)?.activePartitions as number);
        expect(Math.min(...active.slice(0, runs))).toBe(active[0]);
        if ((active[runs] as number) < (active[0] as number)) shrunk++;
      }
    }),
    manyRuns,
  );
  expect(shrunk).toBeGreaterThan(100);
});

test('one run that disagrees, or one that is held, restarts the wait; a frozen one leaves it', () => {
  const interruptions = fc.constantFrom('disagrees', 'held', 'frozen');
  fc.assert(
    fc.property(shrinking, interruptions, ({ policy, observation, few }, interruption) => {
      const { sizings } = manyThenFew(policy, observation, few);
      const before = sizings.at(-2) as Sizing;
      const between = decide(interrupt(observation, interruption), policy, before);
      const fewAgain = confirmed(observation, few, policy);
      const next = decide(afterApply(fewAgain, between), policy, between);
      for (const { name } of policy.channels) {
        const was = capacityOf(between.capacity, name)?.activePartitions as number;
        const now = capacityOf(next.capacity, name)?.activePartitions as number;
        if (interruption !== 'frozen') expect(now).toBeGreaterThanOrEqual(was);
        else expect(now).toBe(capacityOf(sizings.at(-1)?.capacity, name)?.activePartitions);
      }
    }),
    manyRuns,
  );
});

function confirmed(observation: Observation, endpoints: number, policy: PolicyInput): Observation {
  const count = {
    status: 'ok' as const,
    ageSeconds: 60,
    byCountry: { RO: endpoints },
    fullCount: endpoints,
    fullCountAgeSeconds: 60,
  };
  const counts = policy.channels.map(({ name }) => [name, count]);
  return { ...observation, endpointsByChannelAndCountry: Object.fromEntries(counts) };
}

function interrupt(observation: Observation, interruption: string): Observation {
  if (interruption === 'frozen') return { ...observation, drillInFlight: true };
  if (interruption === 'held') return { ...observation, endpointsByChannelAndCountry: {} };
  const names = Object.keys(observation.endpointsByChannelAndCountry);
  return confirmed(observation, 2_000_000, { channels: names.map((name) => ({ name })) } as PolicyInput);
}

test('`allowShrink: false` lowers nothing, however many runs agree', () => {
  fc.assert(
    fc.property(shrinking, ({ policy, observation, few }) => {
      const { sizings } = manyThenFew({ ...policy, allowShrink: false }, observation, few);
      for (const { name } of policy.channels) {
        const active = sizings.map((sizing) => capacityOf(sizing.capacity, name)?.activePartitions as number);
        expect(active).toEqual(active.toSorted((a, b) => a - b));
      }
    }),
    manyRuns,
  );
});
