import { startGatewayFixture } from '../testing-support/gateway-fixture.ts';
import type { StubRequest } from '../testing-support/http-stub.ts';

let fixture: Awaited<ReturnType<typeof startGatewayFixture>>;
beforeEach(async () => {
  fixture = await startGatewayFixture({
    tables: ({ body, headers }: StubRequest) =>
      body.includes('"known"') && headers.authorization === 'AWS4 signed'
        ? { body: {} }
        : { status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException' } },
  });
});
afterEach(() => fixture.stop());

const call = (operation: string, body: object) =>
  fixture.call('POST', '/', body, { 'x-amz-target': `DynamoDB_20120810.${operation}`, authorization: 'AWS4 signed' });
const update = (enabled: boolean, more: object = {}) =>
  call('UpdateContinuousBackups', {
    TableName: 'known',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled, ...more },
  });
const recovery = async (table = 'known') =>
  (await call('DescribeContinuousBackups', { TableName: table })).json.ContinuousBackupsDescription
    .PointInTimeRecoveryDescription;

test('point-in-time recovery is off until it is switched on, by table (API_DescribeContinuousBackups)', async () => {
  expect(await recovery()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  expect((await update(true)).status).toBe(200);
  expect(await recovery()).toMatchObject({ PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 });
});

test('the period is kept, switching off forgets it, and both outlive a restart (API_UpdateContinuousBackups)', async () => {
  await update(true, { RecoveryPeriodInDays: 7 });
  await fixture.restart();
  expect(await recovery()).toMatchObject({ RecoveryPeriodInDays: 7 });
  await update(false);
  await fixture.restart();
  expect(await recovery()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
});

test('a table that does not exist is TableNotFoundException', async () => {
  const { status, json } = await call('DescribeContinuousBackups', { TableName: 'nobody' });
  expect([status, json.__type]).toEqual([400, 'TableNotFoundException']);
});

test('a table made again under its old name starts without recovery', async () => {
  await update(true);
  await call('DeleteTable', { TableName: 'known' });
  expect(await recovery()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
});

test('a malformed setting is refused by name', async () => {
  const { status, json } = await update(true, { RecoveryPeriodInDays: 36 });
  expect([status, json.message]).toEqual([400, expect.stringContaining('RecoveryPeriodInDays')]);
});
