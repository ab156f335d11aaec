import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import { serialise } from '../decide/serialise.ts';
import type { Sizing } from '../decide/sizing.ts';
import { previousSizing } from './previous-sizing.ts';
import { serialiseTfvars } from './tfvars.ts';
import { toTfvars } from './to-tfvars.ts';

const policy = parsePolicy({
  schemaVersion: 1,
  channels: [{ name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] }],
});
const few = decide(observationOf({ sms: 300 }), policy, null);
const many = decide(observationOf({ sms: 200_000 }), policy, null);
const fileOf = (sizing: Sizing) => serialiseTfvars(toTfvars(sizing, policy));

let said: string[];
beforeEach(() => {
  said = [];
});
const previous = (inForce: string | null, history: string | null, isFirst = false) =>
  previousSizing({ inForce, history, isFirst, say: (sentence) => said.push(sentence) });

test('the last sizing goes on as it was', () => {
  expect(previous(fileOf(few), serialise(few))).toEqual(few);
  expect(said).toEqual([]);
});

test('nothing is decided from nothing, unless someone says that nothing is installed', () => {
  expect(() => previous(null, null)).toThrow(/say --first if nothing is installed yet/);
  expect(previous(null, null, true)).toBeNull();
});

test('a lost scaling file stops everything where something was sized, even with --first', () => {
  expect(() => previous(null, serialise(few), true)).toThrow(/restore its last good version/);
});

test('a lost history shrinks nothing: the file in force is the beginning', () => {
  const sizing = previous(fileOf(many), null);
  expect(said).toEqual([expect.stringMatching(/nothing shrinks until enough new runs agree/)]);
  const next = decide(observationOf({ sms: 10 }), policy, sizing);
  expect(next.capacity?.control).toEqual(many.capacity?.control);
  expect(next.reasons.map(({ code }) => code)).toContain('SHRINK_WAITING');
});

test('the file in force counts where the history is older', () => {
  expect(previous(fileOf(many), serialise(few))?.capacity).toEqual(many.capacity);
  expect(said).toEqual([expect.stringMatching(/the scaling file in force, which counts/)]);
});

test('a damaged history is refused by field', () => {
  expect(() => previous(fileOf(few), '{')).toThrow(/the last sizing is not JSON/);
  expect(() => previous(fileOf(few), serialise({ ...few, verdict: 'maybe' as 'hold' }))).toThrow(
    /the last sizing: verdict/,
  );
});
