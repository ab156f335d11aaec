import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import type { PolicyInput } from '../decide/policy.ts';
import { sizingFromTfvars } from './sizing-from-tfvars.ts';
import { serialiseTfvars, type Tfvars } from './tfvars.ts';
import { toTfvars } from './to-tfvars.ts';

type ChannelInput = PolicyInput['channels'][number];

const policyOf = (channel: Partial<ChannelInput>) =>
  parsePolicy({
    schemaVersion: 1,
    channels: [{ name: 'email', senders: [{ providerRatePerSecond: 200 }], ...channel }],
  });

const observation = observationOf({ email: 300 });
const rateOf = (tfvars: Tfvars) => tfvars.scaling.channels.email?.provider_rate_per_second;

function rate(channel: Partial<ChannelInput>): number | undefined {
  const policy = policyOf(channel);
  return rateOf(toTfvars(decide(observation, policy, null), policy));
}

test("the provider's rate is the senders' together, in messages, at most the account's", () => {
  expect(rate({})).toBe(200);
  expect(rate({ senders: [{ providerRatePerSecond: 100, messageParts: 3 }] })).toBe(33);
  expect(rate({ senders: [{ providerRatePerSecond: 1, messageParts: 2 }] })).toBe(1);
  const two = [{ countries: ['US'], providerRatePerSecond: 100 }, { providerRatePerSecond: 50 }];
  expect(rate({ senders: two })).toBe(150);
  expect(rate({ senders: two, accountRatePerSecond: 120 })).toBe(120);
});

test('with a live quota it is what the provider really allows, and stays when the provider is not known', () => {
  const policy = policyOf({ liveQuota: true });
  const quota = { status: 'ok' as const, ageSeconds: 1, providerRatePerSecond: 14, remainingToday: null };
  const known = { ...observation, providerQuotas: { email: quota } };
  const sizing = decide(known, policy, null);
  const inForce = toTfvars(sizing, policy, { observation: known });
  expect(rateOf(inForce)).toBe(14);
  const unknown = { ...observation, providerQuotas: { email: { status: 'failed' as const } } };
  const held = decide(unknown, policy, sizing);
  expect(rateOf(toTfvars(held, policy, { observation: unknown, inForce }))).toBe(14);
});

test('a channel that left the policy keeps its rate, and is refused when nobody knows it', () => {
  const both = parsePolicy({
    schemaVersion: 1,
    channels: [...policyOf({}).channels, { name: 'sms', senders: [{ providerRatePerSecond: 70 }] }],
  });
  const sizing = decide(observationOf({ email: 300, sms: 300 }), both, null);
  const inForce = toTfvars(sizing, both);
  const without = policyOf({});
  const later = decide(observation, without, sizing);
  expect(toTfvars(later, without, { inForce }).scaling.channels.sms).toEqual(inForce.scaling.channels.sms);
  expect(() => toTfvars(later, without)).toThrow(/channel sms: not in the policy/);
});

test('a sizing that was written and read back has the same capacity and no history', () => {
  const policy = policyOf({ provisionedPollers: true });
  const sizing = decide(observation, policy, null);
  const read = sizingFromTfvars(JSON.parse(serialiseTfvars(toTfvars(sizing, policy))) as Tfvars);
  expect(read.capacity).toEqual(sizing.capacity);
  expect(read.carried).toEqual({ endpoints: {}, targets: {}, producerMemoryMb: [] });
});
