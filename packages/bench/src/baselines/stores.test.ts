import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEndpointDirectory, createEndpointWriter, endpointKey } from '@quakewire/dynamodb';
import { anEndpoint, aRun } from '@quakewire/testing';
import { installationMs, startTables, stopMs, type Tables } from '../../../dynamodb/test/start-tables.ts';
import { createInMemoryItemLocks } from './item-lock/in-memory-item-locks.ts';
import { createItemLockTable } from './item-lock/item-lock-table.ts';
import type { ItemLocks, LockedRow } from './item-lock/item-locks.ts';
import { createInMemorySegmentLeases } from './segment-lock/in-memory-segment-leases.ts';
import { createSegmentLeaseTable } from './segment-lock/segment-lease-table.ts';
import type { SegmentLeases } from './segment-lock/segment-leases.ts';

const endpoint = anEndpoint(1);
const { cell } = endpointKey(endpoint);
let tables: Tables;
let client: DynamoDBClient;

beforeAll(async () => {
  tables = await startTables('bench-baselines');
  client = tables.client;
}, installationMs);
afterAll(() => tables.stop(), stopMs);

async function seededTable(): Promise<string> {
  const table = await tables.createTable();
  await createEndpointWriter({ client, table }).put([endpoint, anEndpoint(2)]);
  return table;
}

const locks: Record<string, () => Promise<ItemLocks>> = {
  'in memory': async () => createInMemoryItemLocks(createEndpointDirectory({ client, table: await seededTable() })),
  'in the table': async () => createItemLockTable({ client, table: await seededTable() }),
};

describe.each(Object.keys(locks))('item locks %s', (name) => {
  const create = locks[name] as () => Promise<ItemLocks>;
  const readFirst = async (subject: ItemLocks): Promise<LockedRow> => {
    const [first] = await subject.readRange('sms', { cell, from: '', to: '~' });
    if (!first) throw new Error('the row is missing');
    return first;
  };

  test('a row that nobody locked is of version 0', async () => {
    expect((await readFirst(await create())).lock).toEqual({ version: 0 });
  });

  test('of two that saw the same, one locks', async () => {
    const subject = await create();
    const seen = await readFirst(subject);
    expect(await subject.lock('sms', seen, 'run 1', 1)).toBe(true);
    expect(await subject.lock('sms', seen, 'run 2', 2)).toBe(false);
    expect((await readFirst(subject)).lock).toEqual({ version: 1, run: 'run 1' });
  });

  test('a run locks a row once', async () => {
    const subject = await create();
    await subject.lock('sms', await readFirst(subject), 'run 1', 1);
    expect(await subject.lock('sms', await readFirst(subject), 'run 1', 2)).toBe(false);
  });

  test('the outcome stands until another run locks the row', async () => {
    const subject = await create();
    const seen = await readFirst(subject);
    await subject.lock('sms', seen, 'run 1', 1);
    expect(await subject.record('sms', seen, 'accepted')).toBe(true);
    expect((await readFirst(subject)).lock).toEqual({ version: 1, run: 'run 1', outcome: 'accepted' });
    expect(await subject.lock('sms', await readFirst(subject), 'run 2', 2)).toBe(true);
    expect(await subject.record('sms', seen, 'accepted')).toBe(false);
    expect((await readFirst(subject)).lock).toEqual({ version: 2, run: 'run 2' });
  });

  test('a range ends before its upper bound', async () => {
    const subject = await create();
    const rows = await subject.readRange('sms', { cell, from: '', to: '~' });
    const [first, second] = rows.map(({ row }) => row.sortKey);
    const range = { cell, from: first ?? '', to: second ?? '' };
    expect((await subject.readRange('sms', range)).map(({ row }) => row.sortKey)).toEqual([first]);
  });
});

const leases: Record<string, () => Promise<SegmentLeases>> = {
  'in memory': async () => createInMemorySegmentLeases(),
  'in the table': async () => createSegmentLeaseTable({ client, table: await tables.createTable() }),
};

describe.each(Object.keys(leases))('segment leases %s', (name) => {
  const create = leases[name] as () => Promise<SegmentLeases>;
  const key = { earthquakeId: aRun().earthquakeId, seq: 1, channel: 'sms' } as const;

  test('of two that saw nobody, one takes it', async () => {
    const subject = await create();
    expect(await subject.take(key, 3, undefined, 'a')).toMatchObject({ owner: 'a', epoch: 1, cursor: 0 });
    expect(await subject.take(key, 3, undefined, 'b')).toBeUndefined();
  });

  test('a renewal moves the cursor, and whoever saw it before cannot take it', async () => {
    const subject = await create();
    const mine = await subject.take(key, 3, undefined, 'a');
    const seen = await subject.read(key, 3);
    if (!mine) throw new Error('not taken');
    expect(await subject.renew(mine, 2)).toMatchObject({ cursor: 2 });
    expect(await subject.take(key, 3, seen, 'b')).toBeUndefined();
    expect(await subject.read(key, 3)).toMatchObject({ owner: 'a', cursor: 2 });
  });

  test('once taken over, the first holder can neither renew nor release', async () => {
    const subject = await create();
    const mine = await subject.take(key, 3, undefined, 'a');
    if (!mine) throw new Error('not taken');
    expect(await subject.take(key, 3, await subject.read(key, 3), 'b')).toMatchObject({ owner: 'b', epoch: 2 });
    expect(await subject.renew(mine, 1)).toBeUndefined();
    await subject.release(mine);
    expect(await subject.read(key, 3)).toMatchObject({ owner: 'b', cursor: 0 });
  });

  test('what was released keeps its cursor and is taken at once', async () => {
    const subject = await create();
    const mine = await subject.take(key, 3, undefined, 'a');
    const renewed = mine && (await subject.renew(mine, 5));
    if (!renewed) throw new Error('not renewed');
    await subject.release(renewed);
    const seen = await subject.read(key, 3);
    expect(seen).toMatchObject({ owner: undefined, cursor: 5 });
    expect(await subject.take(key, 3, seen, 'b')).toMatchObject({ owner: 'b', epoch: 2, cursor: 5 });
  });
});
