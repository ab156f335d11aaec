import type { Outcome, PageRecord } from '@quakewire/core';
import { type ChannelEvidence, judgeChannel, takenPages } from './judge-channel.ts';

const page = (outcomes: Record<string, Outcome>, changes: Partial<PageRecord> = {}): PageRecord => ({
  key: { earthquakeId: 'eq1', seq: 1, channel: 'sms', segmentId: 1, page: 0 },
  state: 'settled',
  ...{ epoch: 1, beat: 0, owner: 'w', resent: false, version: 0 },
  entries: Object.entries(outcomes).map(([endpointId, outcome]) => ({ endpointId, outcome })),
  ...changes,
});

/** One endpoint `a`, told once of the earthquake and once of the cancel, but for what a test changes. */
const evidence = (changes: Partial<ChannelEvidence> = {}): ChannelEvidence => ({
  endpoints: [{ id: 'a', address: '+1', concerned: true }],
  alertPages: [page({ a: 'accepted' })],
  cancelPages: [page({ a: 'accepted' })],
  messages: [alertAt(1), cancelAt(2)],
  ...changes,
});
const alertAt = (arrivedAtMs: number) => ({ to: '+1', kind: 'alert' as const, arrivedAtMs });
const cancelAt = (arrivedAtMs: number) => ({ to: '+1', kind: 'cancel' as const, arrivedAtMs });

const nothing = { missed: [], unrecorded: [], doubled: [], notCancelled: [], cancelledUntold: [], toldAfterCancel: [] };
const judged = (changes: Partial<ChannelEvidence> = {}) => judgeChannel(evidence(changes));

describe('ledger and sink', () => {
  it('agree on whoever was told once of each', () => expect(judged()).toEqual(nothing));

  it.each(['accepted', 'delivered'] as const)('name whoever is %s and was never told', (outcome) => {
    expect(judged({ alertPages: [page({ a: outcome })], messages: [cancelAt(2)] })).toMatchObject({ missed: ['+1'] });
    expect(judged({ messages: [alertAt(1)] })).toMatchObject({ missed: ['+1'] });
  });

  it('name whoever is concerned and stands nowhere', () => {
    const nowhere = { alertPages: [page({})], cancelPages: [page({})], messages: [] };
    expect(judged(nowhere)).toMatchObject({ missed: ['+1'] });
    expect(judged({ ...nowhere, alertPages: [page({}, { state: 'void', voidRows: 1 })] })).toEqual(nothing);
  });

  it.each(['rejected', 'exhausted', 'superseded', 'belowThreshold', 'optedOut', 'expired'] as const)(
    'name whoever was told though the ledger says %s',
    (outcome) => expect(judged({ alertPages: [page({ a: outcome })] })).toMatchObject({ unrecorded: ['+1'] }),
  );

  it.each([[[]], [[alertAt(1)]], [[alertAt(1), alertAt(2)]]])('let an unknown be told %j', (alerts) => {
    expect(judged({ alertPages: [page({ a: 'unknown' })], messages: [...alerts, cancelAt(3)] })).toEqual(nothing);
  });

  it('name whoever was told twice and is not unknown, or more than twice', () => {
    const twice = [alertAt(1), alertAt(1), cancelAt(2)];
    expect(judged({ messages: twice })).toMatchObject({ doubled: ['+1'] });
    expect(judged({ messages: twice, alertPages: [page({ a: 'accepted' }, { resent: true })] })).toEqual(nothing);
    const unknown = [page({ a: 'unknown' })];
    expect(judged({ messages: [alertAt(1), ...twice], alertPages: unknown })).toMatchObject({ doubled: ['+1'] });
  });
});

describe('a cancel', () => {
  it.each(['notInForce', 'belowThreshold'] as const)('names whoever was told and is %s in it', (outcome) => {
    const cancelPages = [page({ a: outcome })];
    expect(judged({ cancelPages, messages: [alertAt(1)] })).toMatchObject({ notCancelled: ['+1'] });
  });

  it('names whoever was told and stands nowhere in it', () => {
    expect(judged({ cancelPages: [], messages: [alertAt(1)] })).toMatchObject({ notCancelled: ['+1'] });
  });

  it('may fail or stay unknown', () => {
    for (const outcome of ['exhausted', 'rejected', 'unknown', 'optedOut'] as const)
      expect(judged({ cancelPages: [page({ a: outcome })], messages: [alertAt(1)] })).toEqual(nothing);
  });

  it('names whoever it reached although nobody can have told them before', () => {
    const untold = { alertPages: [page({ a: 'superseded' })], messages: [cancelAt(2)] };
    expect(judged(untold)).toMatchObject({ cancelledUntold: ['+1'] });
    expect(judged({ ...untold, alertPages: [page({ a: 'unknown' })] })).toEqual(nothing);
  });

  it('names whoever was told of the earthquake only after it, unless that is unknown', () => {
    expect(judged({ messages: [alertAt(3), cancelAt(2)] })).toMatchObject({ toldAfterCancel: ['+1'] });
    const alertPages = [page({ a: 'unknown' })];
    expect(judged({ alertPages, messages: [alertAt(3), cancelAt(2)] })).toEqual(nothing);
  });
});

it('a page counts as taken when it was re-sent, or somebody on it is unknown without a call', () => {
  const called = page({}, { entries: [{ endpointId: 'a', outcome: 'unknown', reason: 'noAnswer', sentAtMs: 5 }] });
  expect(takenPages([page({ a: 'accepted' }), called])).toBe(0);
  expect(takenPages([page({ a: 'unknown' }), page({ a: 'accepted' }, { resent: true })])).toBe(2);
});
