import { anApproval, aRequest, operators, originTimeMs } from '@quakewire/testing';
import { createRequestStore } from '../src/request-store.ts';
import { installationMs, startTables, stopMs, type Tables } from './start-tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables('requests');
}, installationMs);
afterAll(() => tables?.stop(), stopMs);

const [ana, ion] = operators;
const request = aRequest({ requestedBy: ana });
const approval = anApproval({ request, approvedBy: ion });
const document = (value: unknown) => ({ doc: { S: typeof value === 'string' ? value : JSON.stringify(value) } });
const own = (userId: string, sk: string) => ({ pk: { S: `OPERATOR#${userId}` }, sk: { S: sk } });

/** One person who may write below their own key and in the list, as IAM lets them, and nowhere else. */
async function createForger() {
  const { client } = tables;
  const table = await tables.createTable();
  const store = createRequestStore({ client, table, nowMs: () => originTimeMs });
  const list = (note: Record<string, { S: string }>) =>
    tables.put(table, { pk: { S: 'REQUESTS' }, sk: { S: request.id }, ...note });
  const write = (sk: string, value: unknown) => tables.put(table, { ...own(ana.userId, sk), ...document(value) });
  return { store, list, write };
}

describe('what proves who asked and who agreed is where it lies', () => {
  it('nobody agrees in another’s name', async () => {
    const { store, list, write } = await createForger();
    await store.put(request);
    await write(`approval#${request.id}`, approval);
    await list({ by: { S: ana.userId }, ok: { S: ana.userId } });
    expect(await store.listOpen()).toEqual([{ id: request.id, request }]);
    await list({ by: { S: ana.userId }, ok: { S: ion.userId } });
    expect(await store.listOpen()).toEqual([{ id: request.id, request }]);
  });

  it('nobody asks in another’s name', async () => {
    const { store, list, write } = await createForger();
    await write(`request#${request.id}`, { ...request, requestedBy: ion });
    await list({ by: { S: ana.userId } });
    expect(await store.listOpen()).toEqual([{ id: request.id }]);
  });

  it.each([
    ['no JSON', '{'],
    ['another schema', { ...request, schema: 2 }],
    ['a field too many', { ...request, exercise: false }],
    ['a field too many in what is asked', { ...request, asked: { ...request.asked, exercise: true } }],
    ['another request', { ...request, id: 'another' }],
  ])('%s is no request, and keeps no other from being read', async (_, value) => {
    const { store, list, write } = await createForger();
    const other = aRequest({ id: 'zz', requestedBy: ion });
    await store.put(other);
    await write(`request#${request.id}`, value);
    await list({ by: { S: ana.userId } });
    expect(await store.listOpen()).toEqual([{ id: request.id }, { id: 'zz', request: other }]);
  });
});
