import { aPageKey, aRowKey, aRun, createInMemoryLedger, createInMemoryRunStore } from '@quakewire/testing';
import fc from 'fast-check';
import { type Entry, type PageRecord, queueRows, rowsToQueue } from '../../index.ts';

const queue = 'backup' as const;
const batchOf = (batch: number, entries: Entry[], numbers: number[]): PageRecord => ({
  key: aPageKey({ channel: 'telegram', queued: { queue, batch } }),
  ...{ state: 'settled', epoch: 1, beat: 0, owner: 'w', resent: false, version: 0, entries },
  rows: numbers.map((number) => aRowKey(number)),
});
const entry = (number: number, outcome: Entry['outcome']): Entry => ({
  endpointId: aRowKey(number).endpointId,
  outcome,
  ...(outcome === 'replayed' ? { handedTo: aRowKey(number) } : {}),
});
const numbersOf = (rows: readonly { endpointId: string }[]) =>
  rows.map(({ endpointId }) => Number.parseInt(endpointId.slice(0, 12), 16)).sort((a, b) => a - b);

test('whoever was handed over and stands in no batch is missing', () => {
  const first = batchOf(0, [entry(1, 'accepted')], [1]);
  expect(
    numbersOf(
      rowsToQueue(
        [1, 2, 3].map((number) => aRowKey(number)),
        [first],
      ),
    ),
  ).toEqual([2, 3]);
  expect(rowsToQueue([aRowKey(1)], [first])).toEqual([]);
});

test('whoever was replayed is missing until a later batch names them', () => {
  const first = batchOf(0, [entry(1, 'replayed'), entry(2, 'accepted')], [1, 2]);
  expect(numbersOf(rowsToQueue([aRowKey(1), aRowKey(2)], [first]))).toEqual([1]);
  const second = batchOf(1, [entry(1, 'exhausted')], [1]);
  expect(rowsToQueue([aRowKey(1), aRowKey(2)], [first, second])).toEqual([]);
});

test('however many queue at once, and whatever each knows, everybody stands in the queue once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 12 })), { maxLength: 6 }), async (hands) => {
      const [ledger, runs] = [createInMemoryLedger(), createInMemoryRunStore()];
      const run = aRun({ channel: 'telegram' });
      await runs.open(run);
      const { earthquakeId, seq, channel } = run;
      const key = { earthquakeId, seq, channel, segmentId: 0, page: 0, queue };
      const queueAll = (numbers: number[]) =>
        queueRows(
          key,
          numbers.map((number) => aRowKey(number)),
          'notTried',
          { ledger, runs },
        );
      await Promise.all(hands.map(queueAll));
      const queued = (await ledger.readQueued(run)).flatMap(({ entries }) => entries);
      expect(numbersOf(queued)).toEqual([...new Set(hands.flat())].sort((a, b) => a - b));
      const { generation = 0 } = (await runs.read(run)) ?? {};
      expect(generation > 0).toBe(queued.length > 0);
    }),
  );
});
