import { type DeadLetter, noCounts, type Shift, type WakeUp, type WorkDone } from '@quakewire/core';
import { createHandler, type HandlerPorts } from './handler.ts';

type Line = { fields: Record<string, unknown>; message: string };

function aConsumer(changes: Partial<HandlerPorts> = {}) {
  const letters: DeadLetter[] = [];
  const worked: { wakeUp: WakeUp; shift: Shift }[] = [];
  const lines: Line[] = [];
  const line = (fields: Record<string, unknown>, message: string) => void lines.push({ fields, message });
  const done: WorkDone = { ended: 'nothingLeft', pages: 1, sends: 100, counts: noCounts };
  const handle = createHandler({
    channel: 'sms',
    work: async (wakeUp, shift) => {
      worked.push({ wakeUp, shift });
      return done;
    },
    keepWarm: async () => {},
    deadLetters: { send: async (letter) => void letters.push(letter) },
    log: { debug: line, info: line, warn: line, error: line },
    ...changes,
  });
  return { handle, letters, worked, lines };
}

const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 120_000 };
const wakeUp = (segment: number) => ({
  schema: 1,
  type: 'wakeUp',
  earthquakeId: 'eq1',
  seq: 1,
  channel: 'sms',
  segment,
  rank: 0,
});

function anEvent(documents: unknown[]) {
  const record = (document: unknown, offset: number) => ({
    topic: 'dispatch.sms',
    partition: offset % 2,
    offset,
    timestamp: 0,
    timestampType: 'CREATE_TIME' as const,
    key: '',
    value: typeof document === 'string' ? document : Buffer.from(JSON.stringify(document)).toString('base64'),
    headers: [{ trace: [49] as unknown as number[] }],
  });
  const records = documents.map(record);
  const of = (partition: number) => records.filter((one) => one.partition === partition);
  return {
    eventSource: 'SelfManagedKafka' as const,
    bootstrapServers: 'broker:9092',
    records: { 'dispatch.sms-0': of(0), 'dispatch.sms-1': of(1) },
  } as never;
}

test('every record of every partition is worked on, each as a worker of its own', async () => {
  const { handle, worked } = aConsumer();
  const result = await handle(anEvent([wakeUp(0), wakeUp(1), wakeUp(2)]), context);
  expect(result).toEqual({ batchItemFailures: [] });
  expect(worked.map((one) => one.wakeUp.segment).sort()).toEqual([0, 1, 2]);
  expect(new Set(worked.map((one) => one.shift.workerId)).size).toBe(3);
});

test('records are worked on side by side: a slow one holds up no other', async () => {
  const order: number[] = [];
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { handle } = aConsumer({
    work: async ({ segment }) => {
      if (segment === 0) await released;
      order.push(segment);
      if (order.length === 2) release();
      return { ended: 'nothingLeft', pages: 0, sends: 0, counts: noCounts };
    },
  });
  await handle(anEvent([wakeUp(0), wakeUp(1), wakeUp(2)]), context);
  expect(order.at(-1)).toBe(0);
});

test('a poison record fails alone: it is kept with its payload, the others are worked on', async () => {
  const { handle, letters, worked } = aConsumer();
  const result = await handle(anEvent([wakeUp(0), { ...wakeUp(1), schema: 9 }, '%%%']), context);
  expect(result.batchItemFailures).toEqual([]);
  expect(worked).toHaveLength(1);
  expect(letters).toEqual([
    expect.objectContaining({ type: 'poison', id: 'dispatch.sms/0/2', payload: '%%%', reason: 'value: is not base64' }),
    expect.objectContaining({ type: 'poison', id: 'dispatch.sms/1/1', reason: expect.stringContaining('schema') }),
  ]);
});

test('a poison record whose dead letter cannot be kept is given back, and only that one', async () => {
  const { handle } = aConsumer({
    deadLetters: {
      send: async () => {
        throw new Error('no queue');
      },
    },
  });
  const result = await handle(anEvent([wakeUp(0), '%%%']), context);
  expect(result.batchItemFailures).toEqual([{ itemIdentifier: { partition: 'dispatch.sms-1', offset: 1 } }]);
});

test('a wake-up for a run that nobody can work on is kept like a poison record, with the reason', async () => {
  const problem = 'mapVersion: segment map sms version 7 does not exist (any more)';
  const { handle, letters } = aConsumer({
    work: async () => ({ ended: 'nothingLeft', pages: 0, sends: 0, counts: noCounts, problem }),
  });
  expect(await handle(anEvent([wakeUp(0)]), context)).toEqual({ batchItemFailures: [] });
  expect(letters).toEqual([expect.objectContaining({ type: 'poison', id: 'dispatch.sms/0/0', reason: problem })]);
});

test('receivers get the heartbeat of the first partition, and whatever fails there ends nothing', async () => {
  const shown: number[] = [];
  const beat = async (publishedAtMs: number) => {
    shown.push(publishedAtMs);
    throw new Error('the list cannot be read');
  };
  const { handle, lines } = aConsumer({ beat });
  const heartbeat = { schema: 1, type: 'heartbeat', channel: 'sms' };
  expect(await handle(anEvent([heartbeat, heartbeat]), context)).toEqual({ batchItemFailures: [] });
  expect(shown).toEqual([0]);
  expect(lines.filter(({ message }) => message === 'heartbeat')).toHaveLength(2);
});

test('a heartbeat uses the connections, and does no harm when one is not to be had', async () => {
  let touched = 0;
  const { handle, worked } = aConsumer({
    keepWarm: async () => {
      touched++;
      throw new Error('no table');
    },
  });
  const result = await handle(anEvent([{ schema: 1, type: 'heartbeat', channel: 'sms' }]), context);
  expect({ touched, worked, result }).toEqual({ touched: 1, worked: [], result: { batchItemFailures: [] } });
});

test('every invocation says in one line what it did', async () => {
  const { handle, lines } = aConsumer();
  await handle(anEvent([wakeUp(3)]), context);
  expect(lines).toEqual([
    { fields: expect.objectContaining({ segment: 3, ended: 'nothingLeft', sends: 100 }), message: 'wake-up worked on' },
  ]);
});
