import type { Entry, PageRecord, RunCounts, RunEvidence } from '@quakewire/core';
import type { Fault } from './fault.ts';
import { judgeRun, type RunOutcome } from './judge-run.ts';

const counts = (changes: Partial<RunCounts> = {}): RunCounts => ({
  ...{ considered: 1, fromBackup: 0, notConcerned: 0, eligible: 1, accepted: 1, failed: 0 },
  ...{ suppressed: 0, expired: 0, unknown: 0, handedToBackup: 0 },
  ...changes,
});
const page = (seq: number, entry: Partial<Entry> = {}): PageRecord => ({
  key: { earthquakeId: 'eq1', seq, channel: 'sms', segmentId: 1, page: 0 },
  ...{ state: 'settled', epoch: 1, beat: 0, owner: 'w', resent: false, version: 0 },
  entries: [{ endpointId: 'a', outcome: 'accepted', sentAtMs: 1, ...entry }],
});
const evidence = (seq: number, ledger: Partial<RunEvidence['ledger']> = {}, closed = counts()): RunEvidence => ({
  run: { channel: 'sms', seq, counts: closed } as RunEvidence['run'],
  map: { channel: 'sms', version: 1, segments: [] },
  ledger: { pages: [page(seq)], pending: [], counts: counts(), ...ledger } as RunEvidence['ledger'],
});

/** An alert to one endpoint and its cancel, without any fault, but for what a test changes. */
const problems = (changes: Partial<RunOutcome> = {}): string[] =>
  judgeRun({
    faults: [],
    alert: [evidence(1)],
    cancel: [evidence(2)],
    channels: {
      sms: {
        endpoints: [{ id: 'a', address: '+1', concerned: true }],
        messages: [
          { to: '+1', kind: 'alert', arrivedAtMs: 1 },
          { to: '+1', kind: 'cancel', arrivedAtMs: 2 },
        ],
      },
    },
    closedAfterMs: 5_000,
    ...changes,
  }).problems;

const kill: Fault = { kind: 'killConsumer', channel: 'sms', atMs: 0 };
const unknownPages = (count: number): RunEvidence =>
  evidence(1, { pages: Array.from({ length: count }, () => ({ ...page(1), resent: true })) });

describe('a run', () => {
  it('without a fault keeps every promise', () => expect(problems()).toEqual([]));

  it('names the channel of a broken promise, how many it concerns and some of them', () => {
    const channels = { sms: { endpoints: [{ id: 'a', address: '+1', concerned: true }], messages: [] } };
    expect(problems({ channels })).toEqual(['sms: 1 missed, such as +1']);
  });

  it('must close, within a minute of the last fault', () => {
    expect(problems({ closedAfterMs: undefined })).toEqual([expect.stringContaining('did not close')]);
    expect(problems({ closedAfterMs: 60_001 })).toEqual([expect.stringContaining('after the last fault')]);
  });

  it('explains four taken pages by each consumer that was struck', () => {
    expect(problems({ alert: [unknownPages(1)] })).toEqual([expect.stringContaining('1 pages were taken over')]);
    expect(problems({ alert: [unknownPages(4)], faults: [kill] })).toEqual([]);
    expect(problems({ alert: [unknownPages(5)], faults: [kill] })).toHaveLength(1);
  });

  it.each([
    ['pages that are not final', evidence(1, { pending: ['1/0'] }), 'not final'],
    [
      'rows that nobody considered',
      evidence(1, { counts: counts({ considered: 0, eligible: 0, accepted: 0 }) }),
      'of 1 seeded',
    ],
    [
      'a sum of considered that is wrong',
      evidence(1, { counts: counts({ notConcerned: 1 }) }),
      'considered does not add up',
    ],
    ['a sum of eligible that is wrong', evidence(1, { counts: counts({ failed: 1 }) }), 'eligible does not add up'],
    ['a close with other counts', evidence(1, {}, counts({ accepted: 0, expired: 1 })), 'other counts than its ledger'],
  ])('names %s', (_what, alert, problem) => {
    expect(problems({ alert: [alert] })).toContainEqual(expect.stringContaining(problem));
  });

  it('may learn the truth about an unknown after its close, and never forget it', () => {
    expect(problems({ alert: [evidence(1, {}, counts({ accepted: 0, unknown: 1 }))] })).toEqual([]);
    const forgotten = evidence(1, {
      pages: [page(1, { outcome: 'unknown' })],
      counts: counts({ accepted: 0, unknown: 1 }),
    });
    expect(problems({ alert: [forgotten] })).toEqual([expect.stringContaining('other counts than its ledger')]);
  });
});
