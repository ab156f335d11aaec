import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { originTimeMs } from '@quakewire/testing';
import { createReplayGuard } from '../src/replay-guard.ts';
import { injectFaults } from './fault-injection.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables('replay-guard');
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

describe('the replay guard in DynamoDB', () => {
  it('admits what it wrote itself when the answer was lost', async () => {
    const table = await tables.createTable();
    const client = tables.connect();
    injectFaults(client, (_command, attempt) => (attempt === 1 ? 'lost' : undefined));
    expect(await createReplayGuard({ client, table }).admit('a', originTimeMs)).toBe(true);
    expect(await createReplayGuard({ client: tables.client, table }).admit('a', originTimeMs)).toBe(false);
  });

  it('lets DynamoDB remove a digest once no post of it is valid any more', async () => {
    const table = await tables.createTable();
    await createReplayGuard({ client: tables.client, table }).admit('a', originTimeMs + 1);
    const Key = { pk: { S: 'POST#a' }, sk: { S: 'admitted' } };
    const { Item: item } = await tables.client.send(new GetItemCommand({ TableName: table, Key }));
    expect(item?.ttl?.N).toBe(String(originTimeMs / 1000 + 1));
  });
});
