import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import type { PolicyInput } from '../decide/policy.ts';
import type { Sizing } from '../decide/sizing.ts';
import { ActError } from './act-error.ts';
import { holdsOf } from './holds.ts';
import { type Proposal, type ProposeInput, propose } from './propose.ts';

const input: PolicyInput = {
  schemaVersion: 1,
  channels: [
    { name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] },
    { name: 'email', senders: [{ providerRatePerSecond: 200 }] },
  ],
};
const policy = parsePolicy(input);
const few = observationOf({ sms: 300, email: 300 });
const many = observationOf({ sms: 200_000, email: 300 });
const first = decide(few, input, null);

const proposeFor = (sizing: Sizing, inForce: string | null, changes: Partial<ProposeInput> = {}) =>
  propose({ sizing, policy, inForce, ...changes });

function textOf(proposal: Proposal): string {
  if ('stays' in proposal) throw new Error(proposal.stays);
  return proposal.text;
}

const channelTfvars = {
  active_partitions: 2,
  max_workers_per_segment: 1,
  maximum_pollers: null,
  memory_mb: 512,
  minimum_pollers: null,
  partitions: 2,
  reserved_concurrency: 7,
  segment_endpoints: 400,
  warm_workers: 1,
};

test('the first sizing becomes a scaling file for both roots', () => {
  const proposal = proposeFor(first, null);
  expect(proposal).toMatchObject({ changesPartitions: true });
  expect(textOf(proposal).endsWith('}\n')).toBe(true);
  expect(JSON.parse(textOf(proposal))).toEqual({
    scaling: {
      schema: 1,
      producer: { memory_mb: 512, threads: 1 },
      channels: {
        sms: { ...channelTfvars, provider_rate_per_second: 500 },
        email: { ...channelTfvars, provider_rate_per_second: 200 },
      },
    },
  });
});

test('no change proposes nothing', () => {
  const inForce = textOf(proposeFor(first, null));
  const again = decide(few, input, first);
  expect(again.verdict).toBe('no-change');
  expect(proposeFor(again, inForce)).toEqual({ stays: expect.stringMatching(/^No change/) });
});

test('a change that adds no partition leaves the topics alone', () => {
  const channels = input.channels.map((channel) => ({ ...channel, memoryMb: 1_024 }));
  const faster = parsePolicy({ ...input, channels });
  const proposal = proposeFor(decide(few, faster, first), textOf(proposeFor(first, null)), { policy: faster });
  expect(proposal).toMatchObject({ changesPartitions: false });
});

test('a new provider rate is proposed although no capacity changes', () => {
  const [sms, email] = input.channels as [PolicyInput['channels'][0], PolicyInput['channels'][0]];
  const changed = parsePolicy({ ...input, channels: [sms, { ...email, senders: [{ providerRatePerSecond: 250 }] }] });
  const again = decide(few, changed, first);
  expect(again.verdict).toBe('no-change');
  const text = textOf(proposeFor(again, textOf(proposeFor(first, null)), { policy: changed }));
  expect(JSON.parse(text).scaling.channels.email.provider_rate_per_second).toBe(250);
});

test.each([
  ['everything is held', 'hold', { ...many, live: { status: 'failed' as const } }],
  ['an alert is in flight', 'frozen', { ...many, alertInFlight: true }],
])('when %s everything stays', (_what, verdict, observation) => {
  const stays = expect.stringMatching(new RegExp(`^${verdict}: `));
  expect(proposeFor(decide(observation, input, first), textOf(proposeFor(first, null)))).toEqual({ stays });
});

test('a sizing that was frozen before the first one proposes nothing', () => {
  expect(proposeFor(decide({ ...few, paused: true }, input, null), null)).toHaveProperty('stays');
});

test('a held channel keeps its numbers, the others change, and the hold is said', () => {
  const { sms, email } = many.endpointsByChannelAndCountry;
  const counts = { ...(sms && { sms }), ...(email && { email: { ...email, status: 'failed' as const } }) };
  const sizing = decide({ ...many, endpointsByChannelAndCountry: counts }, input, first);
  const { channels } = JSON.parse(textOf(proposeFor(sizing, textOf(proposeFor(first, null))))).scaling;
  expect(channels.email).toEqual({ ...channelTfvars, provider_rate_per_second: 200 });
  expect(channels.sms.active_partitions).toBe(5);
  expect(sizing.exitCode).toBe(3);
  expect(holdsOf(sizing)).toEqual([expect.stringMatching(/^email: /)]);
});

test('a first sizing below what is in force is refused: its history was lost', () => {
  const inForce = textOf(proposeFor(decide(many, input, null), null));
  expect(() => proposeFor(first, inForce)).toThrow(ActError);
  expect(() => proposeFor(first, inForce)).toThrow(/channel sms: active_partitions would fall from 5 to 2/);
});

test('a sizing without a channel that is in force is refused', () => {
  const smsOnly = parsePolicy({ ...input, channels: input.channels.slice(0, 1) });
  const inForce = textOf(proposeFor(first, null));
  expect(() => proposeFor(decide(few, smsOnly, null), inForce, { policy: smsOnly })).toThrow(
    /channel email is in force/,
  );
});

test.each([
  ['damaged', '{"scaling":'],
  ['edited into something else', '{"scaling":{"schema":1,"channels":{},"producer":{"memory_mb":512,"threads":"1"}}}'],
  ['with an unknown key', '{"scaling":{"schema":1,"channels":{},"producer":{"memory_mb":512,"threads":1,"speed":2}}}'],
])('a file in force that is %s stops everything', (_what, text) => {
  expect(() => proposeFor(first, text)).toThrow(ActError);
  expect(() => proposeFor(first, text)).toThrow(/restore its last good version/);
});
