import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import { renderSummary } from './render-summary.ts';

const policy = {
  schemaVersion: 1 as const,
  channels: [{ name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] }],
};

test('the summary of a run has the sizing, its prediction, what was measured, the cost and every reason', () => {
  const observation = {
    ...observationOf({ sms: 200_000 }),
    sendThroughput: { sms: { ageSeconds: 9, messagesPerSecond: 470 } },
  };
  const summary = renderSummary(decide(observation, policy, null), observation);
  expect(summary).toMatch(/^### Sizing: change of control and infrastructure\n/);
  expect(summary).toContain('| sms | 200,000 | 5 | 5 | on demand |');
  expect(summary).toContain('| 426 s | missed | sender 0: 4,155/s | 300 ms | 470/s |');
  expect(summary).toMatch(/Standing \$\d+/);
  expect(summary).toContain('- `SLO_IMPOSSIBLE_PROVIDER` ');
});

test('a held channel and an assumed latency are said, not guessed', () => {
  const good = observationOf({ sms: 300 });
  const first = decide(good, policy, null);
  const held = { ...good, endpointsByChannelAndCountry: {}, sendLatency: {} };
  const summary = renderSummary(decide(held, policy, first), held);
  expect(summary).toContain('| sms | held |');
  expect(summary).toContain('| assumed | - |');
  expect(summary).toContain('`HELD_COUNT_MISSING`');
});

test('a run that was frozen before the first sizing has no table', () => {
  const paused = { ...observationOf({ sms: 300 }), paused: true };
  expect(renderSummary(decide(paused, policy, null), paused)).not.toContain('|');
});
