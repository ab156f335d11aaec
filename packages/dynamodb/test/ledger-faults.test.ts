import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Ledger, LedgerUnreachable, type PageKey } from '@quakewire/core';
import { anEntry, aPageKey, aRun, originTimeMs, uniqueName } from '@quakewire/testing';
import { createLedger } from '../src/ledger.ts';
import { pageItemKey } from '../src/page-item.ts';
import { createRunStore } from '../src/run-store.ts';
import { type FaultPlan, injectFaults } from './fault-injection.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
let table: string;
beforeAll(async () => {
  tables = await startTables('ledger-faults');
  table = await tables.createTable();
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

const nowMs = () => originTimeMs;
const newKey = (): PageKey => aPageKey({ earthquakeId: uniqueName('eq') });
const entries = [anEntry(1), anEntry(2)];
const told = [anEntry(1, { outcome: 'accepted' }), anEntry(2, { outcome: 'accepted' })];

/** The ledger seen through a network with faults. */
function through(plan: FaultPlan, options: { table?: string } = {}): Ledger {
  const client = tables.connect();
  injectFaults(client, plan);
  return createLedger({ client, table, nowMs, ...options });
}
const plain = () => createLedger({ client: tables.client, table, nowMs });
const firstAnswerLost =
  (name: string): FaultPlan =>
  (command, attempt) =>
    command === name && attempt === 1 ? 'lost' : undefined;
const everyAnswerLost =
  (name: string): FaultPlan =>
  (command) =>
    command === name ? 'lost' : undefined;

test('a page item that cannot be read fails alone: it is named, the others are read, and no write touches it', async () => {
  const key = newKey();
  await plain().claim(key, 'a', entries);
  await plain().claim({ ...key, page: key.page + 1 }, 'a', entries);
  const spoiled = { ...pageItemKey(key), st: { S: '?' } };
  await tables.client.send(new PutItemCommand({ TableName: table, Item: spoiled }));
  const named: string[] = [];
  const onUnreadable = (item: string): void => void named.push(item);
  const ledger = createLedger({ client: tables.client, table, nowMs, onUnreadable });
  const read = await ledger.readSegment(key, key.segmentId, true);
  expect(read.map((page) => page.key.page)).toEqual([key.page + 1]);
  expect(await ledger.claim(key, 'b', entries)).toEqual({ applied: false, found: undefined });
  expect(named).toHaveLength(2);
  expect(named[0]).toContain(key.earthquakeId);
  await expect(plain().readSegment(key, key.segmentId, true)).rejects.toThrow('not known');
});

test('an entry of the open list that cannot be read fails alone', async () => {
  const named: string[] = [];
  const onUnreadable = (item: string): void => void named.push(item);
  const runs = createRunStore({ client: tables.client, table, nowMs, onUnreadable });
  const run = aRun({ earthquakeId: uniqueName('eq') });
  await runs.open(run);
  const spoiled = { pk: { S: 'OPEN#sms' }, sk: { S: '0#spoiled' } };
  await tables.client.send(new PutItemCommand({ TableName: table, Item: spoiled }));
  expect((await runs.listOpen('sms')).map(({ earthquakeId }) => earthquakeId)).toEqual([run.earthquakeId]);
  expect(named).toEqual(['OPEN#sms / 0#spoiled']);
});

describe('a ledger write whose first answer is lost', () => {
  it('is recognised as applied when the retry meets it: claim', async () => {
    const key = newKey();
    expect(await through(firstAnswerLost('PutItemCommand')).claim(key, 'a', entries)).toEqual({ applied: true });
    expect(await plain().read(key)).toMatchObject({ owner: 'a', epoch: 1 });
  });

  it('is recognised as applied when the retry meets it: settle', async () => {
    const key = newKey();
    await plain().claim(key, 'a', entries);
    const holding = { key, epoch: 1, owner: 'a' };
    expect(await through(firstAnswerLost('UpdateItemCommand')).settle(holding, told)).toEqual({ applied: true });
  });

  it('is recognised as applied when the retry meets it: take-over', async () => {
    const key = newKey();
    await plain().claim(key, 'a', entries);
    const seen = await plain().read(key);
    if (!seen) throw new Error('claimed');
    expect(await through(firstAnswerLost('UpdateItemCommand')).takeForResend(seen, 'b')).toEqual({ applied: true });
    expect(await plain().read(key)).toMatchObject({ owner: 'b', epoch: 2, resent: true });
  });

  it('is recognised as applied when the retry meets it: giving back', async () => {
    const key = newKey();
    await plain().claim(key, 'a', entries);
    const holding = { key, epoch: 1, owner: 'a' };
    expect(await through(firstAnswerLost('DeleteItemCommand')).giveBack(holding)).toEqual({ applied: true });
    expect(await plain().read(key)).toBeUndefined();
  });

  it('is a lost claim when the page belongs to another', async () => {
    const key = newKey();
    await plain().claim(key, 'b', entries);
    const answer = await through(firstAnswerLost('PutItemCommand')).claim(key, 'a', entries);
    expect(answer).toMatchObject({ applied: false, found: { owner: 'b' } });
  });
});

describe('a ledger write that gets no answer at all', () => {
  it('is applied if one strong read shows it', async () => {
    const key = newKey();
    expect(await through(everyAnswerLost('PutItemCommand')).claim(key, 'a', entries)).toEqual({ applied: true });
  });

  it('is not applied if one strong read does not show it', async () => {
    const key = newKey();
    const ledger = through((command) => (command === 'PutItemCommand' ? 'refused' : undefined));
    expect(await ledger.claim(key, 'a', entries)).toEqual({ applied: false, found: undefined });
  });

  it('shows my own page when it was a settle that never arrived', async () => {
    const key = newKey();
    await plain().claim(key, 'a', entries);
    const ledger = through((command) => (command === 'UpdateItemCommand' ? 'refused' : undefined));
    const answer = await ledger.settle({ key, epoch: 1, owner: 'a' }, told);
    expect(answer).toMatchObject({ applied: false, found: { state: 'inFlight', owner: 'a' } });
  });

  it('is applied if the strong read shows the outcomes of a retry mark', async () => {
    const key = newKey();
    await plain().claim(key, 'a', entries);
    const ledger = through(everyAnswerLost('UpdateItemCommand'));
    expect(await ledger.markRetry({ key, epoch: 1, owner: 'a' }, told)).toEqual({ applied: true });
  });

  it('counts as lost when it was a sign of life: the holder stops', async () => {
    const key = newKey();
    await plain().claim(key, 'a', entries);
    const ledger = through(everyAnswerLost('UpdateItemCommand'));
    expect(await ledger.beat({ key, epoch: 1, owner: 'a' })).toMatchObject({ applied: false, found: { owner: 'a' } });
  });

  it('stops the worker when the strong read fails too', async () => {
    const ledger = through(() => 'refused');
    await expect(ledger.claim(newKey(), 'a', entries)).rejects.toThrow(LedgerUnreachable);
  });

  it('is given up within its time-outs when the store hangs', async () => {
    const hanging = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => hanging.once('listening', resolve));
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const ledger = createLedger({ client, table, nowMs, writeTimeoutMs: 40, readTimeoutMs: 20 });
    await expect(ledger.claim(newKey(), 'a', entries)).rejects.toThrow(LedgerUnreachable);
    client.destroy();
    hanging.closeAllConnections();
    await new Promise((resolve) => hanging.close(resolve));
  });
});

describe('a ledger write that is refused for good', () => {
  it('says why, and asks no further', async () => {
    const ledger = through(() => undefined, { table: 'no-such-table' });
    await expect(ledger.claim(newKey(), 'a', entries)).rejects.toThrow(/ResourceNotFoundException|not found/i);
  });
});

describe('a page item that this version cannot read', () => {
  it('is an error that names the item, not a page without endpoints', async () => {
    const key = newKey();
    await tables.put(table, {
      pk: { S: `${key.earthquakeId}#sms#0` },
      sk: { S: '0#1' },
      st: { S: 'Z' },
    });
    await expect(plain().read(key)).rejects.toThrow('page state code "Z" is not known');
  });
});
