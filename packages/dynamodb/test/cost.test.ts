import { randomBytes, randomUUID } from 'node:crypto';
import type { ChannelName, Entry, PageKey } from '@quakewire/core';
import { anEndpoint, aPageKey, aRowKey, originTimeMs, uniqueName } from '@quakewire/testing';
import { createEndpointDirectory } from '../src/endpoints/endpoint-directory.ts';
import { createEndpointPlaces } from '../src/endpoints/endpoint-places.ts';
import { createEndpointWriter } from '../src/endpoints/endpoint-writer.ts';
import { createLedger } from '../src/ledger.ts';
import { measureCapacity } from '../src/measure-capacity.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables('cost');
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

const nowMs = () => originTimeMs;
/** A client of its own, with a count of what its calls cost. */
async function measured() {
  const client = tables.connect();
  return { client, used: measureCapacity(client), table: await tables.createTable() };
}

const messageIdOf: Record<ChannelName, (index: number) => string> = {
  sms: () => `SM${randomBytes(16).toString('hex')}`,
  email: (index) => `0107019afdb3${(index * 10).toString(16).padStart(4, '0')}-${randomUUID()}-000000`,
  telegram: (index) => String(3_000_000 + index * 20),
  webhook: () => '',
};
/** A page of 100 people, each by the first of their endpoints or another. */
const openEntries = Array.from(
  { length: 100 },
  (_, index): Entry => ({ endpointId: `${randomBytes(6).toString('hex')}000${1 + (index % 4)}`, outcome: 'open' }),
);
/** All of whom were told, but for a few. */
const settledEntries = (channel: ChannelName): Entry[] =>
  openEntries.map(({ endpointId }, index) => {
    const tried = { endpointId, sentAtMs: nowMs() + index * 10 };
    if (index % 25 === 0) return { ...tried, outcome: 'rejected', reason: 'blocked by the user' };
    return { ...tried, outcome: 'accepted', messageId: messageIdOf[channel](index) };
  });
/** As long as real ones: an earthquake's id, and a nonce of invocation id and counter. */
const keyOf = (channel: ChannelName): PageKey =>
  aPageKey({ earthquakeId: uniqueName('us7000pufs-2025-'), channel, segmentId: 249, page: 12 });
const owner = '8f14e45f-ceea-467f-9575-1234567890ab#12';

describe('what a page of 100 endpoints costs', () => {
  it.each([
    ['sms', 3],
    ['email', 3],
    ['telegram', 2],
    ['webhook', 2],
  ] as const)('on %s is 1 write unit to claim and %i to settle', async (channel, settleUnits) => {
    const { client, used, table } = await measured();
    const ledger = createLedger({ client, table, nowMs });
    const key = keyOf(channel);
    await ledger.claim(key, owner, openEntries);
    expect(used.writeUnits).toBe(1);
    await ledger.settle({ key, epoch: 1, owner }, settledEntries(channel));
    expect(used.writeUnits).toBe(1 + settleUnits);
  });

  it('is 2 write units when it expired before anybody was told', async () => {
    const { client, used, table } = await measured();
    const ledger = createLedger({ client, table, nowMs });
    const expired = openEntries.map((entry): Entry => ({ ...entry, outcome: 'expired' }));
    await ledger.settleUnsent(keyOf('sms'), owner, expired);
    expect(used.writeUnits).toBeLessThanOrEqual(2);
  });

  it('is at most 2.5 read units to read its rows, which are at most 200 bytes each', async () => {
    const { client, used, table } = await measured();
    const rows = Array.from({ length: 100 }, (_, index) =>
      anEndpoint(index + 1, {
        sealedAddress: new Uint8Array(60),
        validToMs: originTimeMs + 1,
        optedOut: true,
        quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 },
        backup: aRowKey(index + 1),
      }),
    );
    await createEndpointWriter({ client, table }).put(rows);
    const [cell] = await createEndpointPlaces({ client, table }).listCells('sms');
    const before = used.readUnits;
    const range = { cell: cell?.cell ?? '', from: '', to: '~' };
    expect(await createEndpointDirectory({ client, table }).readRange('sms', range)).toHaveLength(100);
    expect(used.readUnits - before).toBeLessThanOrEqual(2.5);
  });
});
