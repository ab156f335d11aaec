import type { Outcome } from '@quakewire/core';
import { judgeTold } from './judge-told.ts';
import { createEndpoints } from './towns.ts';

const people = createEndpoints('telegram', 3);
const entriesOf = (...outcomes: Outcome[]) =>
  outcomes.map((outcome, index) => ({ endpointId: people[index]?.id ?? '', outcome }));
const messagesTo = (...numbers: number[]) => numbers.map((number) => ({ to: people[number]?.address ?? '' }));

test('everybody told once is well', () => {
  const told = judgeTold(people, entriesOf('accepted', 'delivered', 'accepted'), messagesTo(2, 1, 0));
  expect(told).toEqual({ concerned: 3, told: 3, unknown: 0, broken: [] });
});

test('whom the ledger marks unknown may have been told or not', () => {
  const told = judgeTold(people, entriesOf('unknown', 'unknown', 'accepted'), messagesTo(0, 2));
  expect(told).toEqual({ concerned: 3, told: 1, unknown: 2, broken: [] });
});

test.each<[string, Outcome[], number[], string]>([
  [
    'accepted, and no provider knows of it',
    ['accepted', 'accepted', 'accepted'],
    [0, 1],
    '700000002 (accepted, 0 messages)',
  ],
  ['told twice without a mark', ['accepted', 'accepted', 'accepted'], [0, 1, 2, 2], '700000002 (accepted, 2 messages)'],
  ['told, and nobody wrote it down', ['accepted', 'accepted'], [0, 1, 2], '700000002 (no entry, 1 messages)'],
  ['concerned, and given up', ['accepted', 'accepted', 'rejected'], [0, 1], '700000002 (rejected, 0 messages)'],
])('somebody %s is lost or doubled', (_what, outcomes, numbers, sentence) => {
  expect(judgeTold(people, entriesOf(...outcomes), messagesTo(...numbers)).broken).toEqual([sentence]);
});
