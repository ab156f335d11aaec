import { startGatewayFixture } from '../testing-support/gateway-fixture.ts';

let fixture: Awaited<ReturnType<typeof startGatewayFixture>>;
beforeEach(async () => {
  fixture = await startGatewayFixture();
});
afterEach(() => fixture.stop());

const call = (operation: string) =>
  fixture.call('POST', '/', { TableName: 'any' }, { 'x-amz-target': `DynamoDB_20120810.${operation}` });
const throttle = (throttledShare: unknown) => fixture.call('POST', '/_gateway/tables', { throttledShare });

test('no call is throttled until it is asked for', async () => {
  expect((await call('PutItem')).status).toBe(200);
});

test.each(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'BatchWriteItem', 'TransactWriteItems'])(
  'a throttled %s is refused as DynamoDB refuses it, and does not reach the tables',
  async (operation) => {
    await throttle(1);
    const { status, json } = await call(operation);
    expect([status, json.__type]).toEqual([
      400,
      expect.stringMatching(/#(ProvisionedThroughputExceeded|Throttling)Exception$/),
    ]);
    expect(fixture.tablesRequests).toEqual([]);
  },
);

test('calls about the table itself are not throttled', async () => {
  await throttle(1);
  expect((await call('DescribeTable')).status).toBe(200);
});

test('about the share that was asked for is throttled, counted, and none after the end', async () => {
  await throttle(0.5);
  const answers = await Promise.all(Array.from({ length: 200 }, () => call('GetItem')));
  const refused = answers.filter(({ status }) => status === 400).length;
  expect(refused).toBeGreaterThan(60);
  expect(refused).toBeLessThan(140);
  expect((await fixture.call('GET', '/_gateway/tables')).json).toEqual({
    throttledShare: 0.5,
    throttledCalls: refused,
  });
  await throttle(0);
  expect((await call('GetItem')).status).toBe(200);
});

test.each([2, -1, 'all'])('the share %j is refused by name', async (share) => {
  const { status, json } = await throttle(share);
  expect([status, json.message]).toEqual([400, expect.stringContaining('throttledShare')]);
});
