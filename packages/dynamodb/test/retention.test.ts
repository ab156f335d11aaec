import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { SegmentMapStore } from '@quakewire/core';
import { anEntry, aPage, aPageKey, aSegment, aSegmentMap, originTimeMs } from '@quakewire/testing';
import { createLedger } from '../src/ledger.ts';
import { createSegmentMapStore } from '../src/segment-map-store.ts';
import { injectFaults } from './fault-injection.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables('retention');
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

const nowMs = () => originTimeMs;
const daySeconds = 86_400;
const ttlOf = async (table: string, pk: string, sk: string): Promise<number | undefined> => {
  const command = new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } });
  const { Item: item } = await tables.client.send(command);
  if (!item) throw new Error(`${pk} / ${sk} should exist`);
  return item.ttl?.N === undefined ? undefined : Number(item.ttl.N);
};

describe('how long items are kept', () => {
  it('a page is kept for 400 days from when it was settled, and without end before', async () => {
    const table = await tables.createTable();
    const ledger = createLedger({ client: tables.client, table, nowMs });
    await ledger.claim(aPageKey(), 'a', [anEntry(1)]);
    expect(await ttlOf(table, 'eq1#sms#0', '0#1')).toBeUndefined();
    await ledger.settle({ key: aPageKey(), epoch: 1, owner: 'a' }, [anEntry(1, { outcome: 'accepted' })]);
    expect(await ttlOf(table, 'eq1#sms#0', '0#1')).toBe(originTimeMs / 1000 + 400 * daySeconds);
  });

  it('a segment map is kept while it is the current one, and for 7 days after that', async () => {
    const table = await tables.createTable();
    const maps = createSegmentMapStore({ client: tables.client, table, nowMs });
    await maps.publish(aSegmentMap());
    for (const sk of ['0', 'head']) expect(await ttlOf(table, 'M#sms#1', sk)).toBeUndefined();
    await maps.publish(aSegmentMap({ version: 2 }));
    for (const sk of ['0', 'head'])
      expect(await ttlOf(table, 'M#sms#1', sk)).toBe(originTimeMs / 1000 + 7 * daySeconds);
    expect(await ttlOf(table, 'M#sms#2', '0')).toBeUndefined();
  });
});

describe('a publication that died', () => {
  const large = aSegmentMap({
    segments: Array.from({ length: 60 }, (_, id) =>
      aSegment({ id, pages: [aPage({ range: { cell: `c${id}`, from: '', to: '~' } })] }),
    ),
  });
  const minuteMs = 60_000;

  async function afterDeath(): Promise<(laterMs: number) => SegmentMapStore> {
    const table = await tables.createTable();
    const dying = tables.connect();
    injectFaults(dying, (command, attempt) =>
      command === 'BatchWriteItemCommand' && attempt > 1 ? 'refused' : undefined,
    );
    await expect(createSegmentMapStore({ client: dying, table, nowMs }).publish(large)).rejects.toThrow(
      'socket hang up',
    );
    return (laterMs) => createSegmentMapStore({ client: tables.client, table, nowMs: () => originTimeMs + laterMs });
  }

  it('keeps its version to itself as long as it might still run', async () => {
    const later = await afterDeath();
    await expect(later(15 * minuteMs).publish(aSegmentMap())).rejects.toThrow('another publication of it is under way');
    expect(await later(0).currentVersion('sms')).toBeUndefined();
  });

  it('then makes room for another, of which none of its segments are part', async () => {
    const later = await afterDeath();
    await later(17 * minuteMs).publish(aSegmentMap());
    expect(await later(17 * minuteMs).read('sms', 1)).toEqual(aSegmentMap());
  });
});
