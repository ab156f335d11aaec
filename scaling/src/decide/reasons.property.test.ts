import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { scenarios } from '../../test/arbitraries.ts';
import { lastOf, manyRuns } from '../../test/run-scenario.ts';
import { capacityOf } from './capacity.ts';
import { decide } from './decide.ts';
import { describeDemand } from './demand.ts';
import { ladderFloor } from './ladder.ts';
import { parsePolicy } from './parse-policy.ts';
import type { ChannelPolicy } from './policy.ts';
import { reasonMeanings } from './reason.ts';
import { serialise } from './serialise.ts';
import { sizingSchema } from './sizing.ts';
import { trustInputs } from './trust-inputs.ts';

const runs = { minLength: 1, maxLength: 3 };

test('every run gives a reason, and every channel that changed its own', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const next = decide(observation, scenario.policy, previous);
      expect(next.reasons.length).toBeGreaterThan(0);
      for (const { name } of scenario.policy.channels) {
        const before = serialise(capacityOf(previous?.capacity, name));
        if (before === serialise(capacityOf(next.capacity, name))) continue;
        expect(next.reasons.some(({ channel }) => channel === name)).toBe(true);
      }
    }),
    manyRuns,
  );
});

test('every sizing has the published shape', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const sizing = decide(observation, scenario.policy, previous);
      expect(serialise(sizingSchema.parse(sizing))).toBe(serialise(sizing));
    }),
    manyRuns,
  );
});

test('every code is explained in the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const code of Object.keys(reasonMeanings)) expect(readme).toContain(`\`${code}\``);
});

const sloCodes = [
  'SLO_IMPOSSIBLE_PROVIDER',
  'SLO_IMPOSSIBLE_ACCOUNT',
  'SLO_MISSED_CAPACITY',
  'DAILY_QUOTA_TOO_SMALL',
  'NO_SENDER_FOR_COUNTRY',
];

test('an SLO is missed only with a reason', () => {
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const { predictions, reasons } = decide(observation, scenario.policy, previous);
      for (const [name, prediction] of Object.entries(predictions)) {
        if (prediction === null) continue;
        const explained = reasons.some(({ channel, code }) => channel === name && sloCodes.includes(code));
        expect(explained).toBe(!prediction.sloMet);
      }
    }),
    manyRuns,
  );
});

test('an SLO is missed for want of capacity only at a maximum, a step, a budget or with starved workers', () => {
  const bounded = ['GROW_STEP_CAPPED', 'CONCURRENCY_REFUSED_GROWTH', 'COST_REFUSED_GROWTH'];
  fc.assert(
    fc.property(scenarios(runs), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const { capacity, reasons } = decide(observation, scenario.policy, previous);
      const settings = parsePolicy(scenario.policy);
      for (const { channel: name } of reasons.filter(({ code }) => code === 'SLO_MISSED_CAPACITY')) {
        const channel = settings.channels.find((candidate) => candidate.name === name) as ChannelPolicy;
        const active = capacityOf(capacity, channel.name)?.activePartitions ?? 0;
        const isBounded = reasons.some(({ channel: of, code }) => of === name && bounded.includes(code));
        const trust = trustInputs(observation, channel, settings, null);
        if (trust.held !== null) throw new Error('a held channel has no prediction');
        const { worker, roomMs } = describeDemand(observation, channel, settings, trust.inputs);
        // One page takes such a worker longer than the time that is left for the last pages.
        const starved = 100_000_000 > worker * Math.floor(roomMs / 8);
        expect(isBounded || starved || active === ladderFloor(channel.maximumActivePartitions)).toBe(true);
      }
    }),
    manyRuns,
  );
});
