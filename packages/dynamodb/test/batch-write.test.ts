import type { BatchWriteItemCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../src/attribute-values.ts';
import { batchWrite } from '../src/batch-write.ts';
import { queryAll } from '../src/query-all.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables('batch-write');
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

const rows = (count: number, bytes = 1): Item[] =>
  Array.from({ length: count }, (_, index) => ({
    pk: { S: 'all' },
    sk: { S: String(index).padStart(4, '0') },
    a: { B: new Uint8Array(bytes) },
  }));
const read = (client: DynamoDBClient, table: string) =>
  queryAll(client, {
    TableName: table,
    KeyConditionExpression: 'pk = :all',
    ExpressionAttributeValues: { ':all': { S: 'all' } },
  });

/** A table that takes only the first `limit` items of each call, as a throttled one does. */
function throttled(limit: number): DynamoDBClient {
  const client = tables.connect();
  client.middlewareStack.add(
    (next) => async (call) => {
      const { RequestItems = {} } = call.input as BatchWriteItemCommandInput;
      const [table = '', requests = []] = Object.entries(RequestItems)[0] ?? [];
      const rest = requests.slice(limit);
      if (limit > 0) {
        const taken = { ...call, input: { RequestItems: { [table]: requests.slice(0, limit) } } };
        await next(taken as typeof call);
      }
      const output = { $metadata: {}, ...(rest.length > 0 ? { UnprocessedItems: { [table]: rest } } : {}) };
      return { output, response: {} };
    },
    { step: 'initialize', name: 'throttle' },
  );
  return client;
}

describe('writing in batches', () => {
  it('writes every item, however many batches it takes', async () => {
    const table = await tables.createTable();
    await batchWrite(tables.client, table, rows(130));
    expect((await read(tables.client, table)).map((item) => item.sk?.S)).toEqual(rows(130).map((item) => item.sk?.S));
  });

  it('writes nothing for nothing', async () => {
    await expect(batchWrite(tables.client, 'no-such-table', [])).resolves.toBeUndefined();
  });

  it('puts again what a call left unprocessed, waiting longer each time', async () => {
    const table = await tables.createTable();
    const waitsMs: number[] = [];
    await batchWrite(throttled(10), table, rows(25), async (ms) => void waitsMs.push(ms));
    expect(await read(tables.client, table)).toHaveLength(25);
    expect(waitsMs).toEqual([50, 100]);
  });

  it('gives up when a table takes nothing at all, and says how much is missing', async () => {
    const table = await tables.createTable();
    const write = batchWrite(throttled(0), table, rows(7), async () => undefined);
    await expect(write).rejects.toThrow(`7 items of table ${table} stay unwritten: throttled`);
  });
});

describe('querying', () => {
  it('reads on where an answer ended at 1 MB', async () => {
    const table = await tables.createTable();
    await batchWrite(tables.client, table, rows(60, 30_000));
    expect((await read(tables.client, table)).map((item) => item.sk?.S)).toEqual(rows(60).map((item) => item.sk?.S));
  });
});
