import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { createStepClock, type StepClock } from '@quakewire/testing';
import { createStoreTime } from '../src/store-time.ts';

/** A store that says what time it is. */
let server: Server;
let dateHeader: string | undefined;
let client: DynamoDBClient;
let clock: StepClock;

beforeEach(async () => {
  server = createServer((_request, answer) => {
    answer.sendDate = false;
    if (dateHeader !== undefined) answer.setHeader('date', dateHeader);
    answer.setHeader('content-type', 'application/x-amz-json-1.0').end('{"TableNames":[]}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  clock = createStepClock(Date.parse('2026-01-01T00:00:00Z'));
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const askAt = async (header: string | undefined): Promise<void> => {
  dateHeader = header;
  await client.send(new ListTablesCommand({}));
};
const half = 500;

describe('store time', () => {
  it('is this machine’s time of day before the first answer', () => {
    expect(createStoreTime({ client, clock })()).toBe(Date.parse('2026-01-01T00:00:00Z'));
  });

  it('follows the store’s date, in the middle of its second, and goes on from there', async () => {
    const storeTime = createStoreTime({ client, clock });
    await askAt('Thu, 01 Jan 2026 00:00:30 GMT');
    expect(storeTime()).toBe(Date.parse('2026-01-01T00:00:30Z') + half);
    await clock.advance(1_234);
    expect(storeTime()).toBe(Date.parse('2026-01-01T00:00:31.234Z') + half);
  });

  it('is told more exactly by every answer at another point of a second', async () => {
    const skews: number[] = [];
    const storeTime = createStoreTime({ client, clock, onMeasured: (skewMs) => skews.push(skewMs) });
    const storeAheadMs = 30_870;
    const at = (ms: number) => new Date(Math.floor((ms + storeAheadMs) / 1000) * 1000).toUTCString();
    for (let call = 0; call < 20; call++) {
      await askAt(at(clock.wallMs()));
      await clock.advance(370);
    }
    expect(Math.abs(storeTime() - (clock.wallMs() + storeAheadMs))).toBeLessThan(50);
    expect(skews).toHaveLength(1);
  });

  it('is measured anew when an answer contradicts what was known', async () => {
    const skews: number[] = [];
    const storeTime = createStoreTime({ client, clock, onMeasured: (skewMs) => skews.push(skewMs) });
    await askAt('Thu, 01 Jan 2026 00:00:30 GMT');
    await clock.advance(60_000);
    await askAt('Thu, 01 Jan 2026 00:01:45 GMT');
    expect(skews).toEqual([30_000 + half, 45_000 + half]);
    expect(storeTime()).toBe(Date.parse('2026-01-01T00:01:45Z') + half);
  });

  it('follows the faster of the two clocks where a process was frozen', async () => {
    let frozenMs = 0;
    const thawing = { ...clock, wallMs: () => clock.wallMs() + frozenMs };
    const storeTime = createStoreTime({ client, clock: thawing });
    await askAt('Thu, 01 Jan 2026 00:00:00 GMT');
    frozenMs = 600_000;
    expect(storeTime()).toBe(Date.parse('2026-01-01T00:10:00Z') + half);
  });

  it('does not go back when this machine’s time of day is set back', async () => {
    let setBackMs = 0;
    const changing = { ...clock, wallMs: () => clock.wallMs() - setBackMs };
    const storeTime = createStoreTime({ client, clock: changing });
    await askAt('Thu, 01 Jan 2026 00:00:00 GMT');
    setBackMs = 3_600_000;
    await clock.advance(2_000);
    expect(storeTime()).toBe(Date.parse('2026-01-01T00:00:02Z') + half);
  });

  it.each([undefined, 'yesterday'])('ignores a date header of %j', async (header) => {
    const storeTime = createStoreTime({ client, clock });
    await askAt(header);
    expect(storeTime()).toBe(Date.parse('2026-01-01T00:00:00Z'));
  });
});
