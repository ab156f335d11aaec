import fc from 'fast-check';
import { observationsFor, policies, scenarios } from '../../test/arbitraries.ts';
import { lastOf, manyRuns } from '../../test/run-scenario.ts';
import { decide } from './decide.ts';
import { serialise } from './serialise.ts';

const runs = { minLength: 1, maxLength: 3 };

function reverseKeys<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reverseKeys) as T;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, entry]) => [key, reverseKeys(entry)])) as T;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

test('the same input gives the same bytes, whatever the order of its keys', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const again = decide(reverseKeys(observation), reverseKeys(scenario.policy), reverseKeys(previous));
      expect(serialise(again)).toBe(serialise(decide(observation, scenario.policy, previous)));
    }),
    manyRuns,
  );
});

test('the arguments stay as they were', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      // A write to a frozen object throws in a module.
      decide(deepFreeze(observation), deepFreeze(scenario.policy), deepFreeze(previous));
    }),
    manyRuns,
  );
});

test('a sizing is the same after it was written and read', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const read = previous && JSON.parse(serialise(previous));
      expect(serialise(decide(observation, scenario.policy, read))).toBe(
        serialise(decide(observation, scenario.policy, previous)),
      );
    }),
    manyRuns,
  );
});

test('`changes` names exactly the parts of the capacity that differ', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 2, maxLength: 3 }), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const next = decide(observation, scenario.policy, previous);
      const parts = ['control', 'infrastructure'] as const;
      const differ = parts.filter((part) => serialise(previous?.capacity?.[part]) !== serialise(next.capacity?.[part]));
      expect(next.changes).toEqual(differ);
      expect(next.verdict === 'change').toBe(differ.length > 0);
    }),
    manyRuns,
  );
});

test('no number leaves the exact range, not even at every limit of policy and observation at once', () => {
  const extreme = policies.chain((policy) => fc.tuple(fc.constant(policy), observationsFor(policy, { good: true })));
  fc.assert(
    fc.property(extreme, ([policy, observation]) => {
      const names = policy.channels.map(({ name }) => name);
      const counts = names.map((name) => [
        name,
        { ...observation.endpointsByChannelAndCountry[name], byCountry: { RO: 100_000_000 }, fullCount: null },
      ]);
      const dearest = { ...policy, fixedUsdPerMonth: 10_000_000, kafkaMicroUsdPerPartitionMonth: 100_000_000 };
      const full = { ...observation, endpointsByChannelAndCountry: Object.fromEntries(counts) };
      // The arithmetic throws a RangeError beyond 2^53; every number that comes out is whole.
      const text = serialise(decide(full, dearest, null));
      expect(text).not.toMatch(/\d\.\d|e\+|NaN|Infinity/);
    }),
    manyRuns,
  );
});
