import fc from 'fast-check';
import { scenarios } from '../../test/arbitraries.ts';
import { lastOf, manyRuns } from '../../test/run-scenario.ts';
import { decide } from '../decide/decide.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import type { Reason } from '../decide/reason.ts';
import { explainReason } from './explain-reason.ts';
import { renderSizing } from './render-sizing.ts';

test('whatever is decided can be told in full: every fact is there', () => {
  fc.assert(
    fc.property(scenarios({ minLength: 1, maxLength: 3 }), (scenario) => {
      const { previous, observation } = lastOf(scenario);
      const text = renderSizing(decide(observation, scenario.policy, previous), parsePolicy(scenario.policy));
      expect(text).not.toMatch(/undefined|NaN|\[object|function/);
    }),
    manyRuns,
  );
});

test.each<[Reason, string]>([
  [
    { code: 'GROW', channel: 'sms', field: 'activePartitions', current: 15, need: 26, target: 30, chosen: 30 },
    'sms: activePartitions 15 -> 30: the need is 26, with headroom the target is 30. The need is above the current value; it grows to the target.',
  ],
  [
    { code: 'SHRINK_WAITING', channel: 'sms', field: 'warmWorkers', current: 6, target: 3, chosen: 6 },
    'sms: warmWorkers stays 6: the target is 3. Less would do; waiting until enough runs in a row agree.',
  ],
  [
    {
      code: 'SLO_IMPOSSIBLE_PROVIDER',
      channel: 'sms',
      lastRecipientSeconds: 2110,
      sloSeconds: 300,
      senders: [{ sender: 0, askForPerSecond: 808 }],
    },
    'sms: The rate of a sender makes the SLO impossible; no worker can mend it. Ask for more: the last recipient is reached after 35 min instead of 300 s; it would take 808/s for sender 0.',
  ],
  [
    { code: 'COST_ABOVE_CEILING', standingUsdCents: 123_456 },
    'The standing cost is above the ceiling even without growth: $1,234.56 a month.',
  ],
  [{ code: 'NO_CHANGE' }, 'The sizing equals the one before.'],
])('%j is told as a sentence', (reason, sentence) => {
  expect(explainReason(reason)).toBe(sentence);
});
