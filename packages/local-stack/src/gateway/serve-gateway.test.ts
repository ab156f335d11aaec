import { readFile, writeFile } from 'node:fs/promises';
import { openStateFile } from './state-file.ts';
import { startGatewayFixture } from './testing-support/gateway-fixture.ts';

let fixture: Awaited<ReturnType<typeof startGatewayFixture>>;
afterEach(() => fixture.stop());

const table = { 'x-amz-target': 'DynamoDB_20120810.Query', 'content-type': 'application/x-amz-json-1.0' };

test('what is not its own is passed on as it came: method, path, headers and body, and so is the answer', async () => {
  fixture = await startGatewayFixture({
    emulator: () => ({ status: 418, headers: { 'x-from': 'emulator' }, body: 'short and stout' }),
  });
  const asked = '/bucket/a%2Fb%20c?x=1&x=2';
  const answer = await fixture.call('PUT', asked, 'content', { 'x-amz-meta': 'm', host: 'bucket.example' });
  expect([answer.status, answer.headers.get('x-from'), answer.text]).toEqual([418, 'emulator', 'short and stout']);
  expect(fixture.emulatorRequests).toMatchObject([{ method: 'PUT', path: asked, body: 'content' }]);
  expect(fixture.emulatorRequests[0]?.headers['x-amz-meta']).toBe('m');
});

test('DynamoDB calls go to the tables', async () => {
  fixture = await startGatewayFixture({ tables: () => ({ body: { Count: 3 } }) });
  expect((await fixture.call('POST', '/', { TableName: 't' }, table)).json).toEqual({ Count: 3 });
  expect(fixture.tablesRequests).toMatchObject([{ body: '{"TableName":"t"}' }]);
  expect(fixture.emulatorRequests).toEqual([]);
});

test('an emulator that hangs up is an error of the service, which clients repeat; the gateway lives on', async () => {
  let isUp = false;
  fixture = await startGatewayFixture({ emulator: () => ({ hangUp: !isUp }) });
  expect((await fixture.call('GET', '/bucket')).status).toBe(502);
  isUp = true;
  expect((await fixture.call('GET', '/bucket')).status).toBe(200);
});

test('a state file that is not ours is refused with its path, not overwritten', async () => {
  fixture = await startGatewayFixture();
  await fixture.call('GET', '/');
  const other = `${fixture.stateFile}.other`;
  await openStateFile(other);
  await writeFile(other, '{"schema":2}');
  await expect(openStateFile(other)).rejects.toThrow(`${other} cannot be read`);
  expect(await readFile(other, 'utf8')).toBe('{"schema":2}');
});
