import type { EndpointCounts } from '@quakewire/core';
import { type ObserveCountsInput, observeCounts } from './observe-counts.ts';

const nowMs = 1_745_401_800_000;
const counted = (byCountry: Record<string, number>, ageSeconds = 60): EndpointCounts => ({
  byCountry,
  countedAtMs: nowMs - ageSeconds * 1_000,
});

interface World {
  counters: Record<string, EndpointCounts | Error | undefined>;
  rows?: Record<string, Record<string, number>> | Error;
  last?: Record<string, number>;
}

async function observed({ counters, rows = {}, last = {} }: World) {
  const failures: string[] = [];
  let fullCounts = 0;
  const ports: ObserveCountsInput['ports'] = {
    nowMs: () => nowMs,
    async readCounts(channel) {
      const counter = counters[channel];
      if (counter instanceof Error) throw counter;
      return counter;
    },
    async countEndpoints() {
      fullCounts += 1;
      if (rows instanceof Error) throw rows;
      return rows;
    },
  };
  const counts = await observeCounts({
    names: Object.keys(counters),
    lastCounts: last,
    maximumInputAgeSeconds: 7_200,
    ports,
    onFailure: (input) => failures.push(input),
  });
  return { counts, fullCounts, failures };
}

test('a counter is believed without reading the rows', async () => {
  const { counts, fullCounts } = await observed({ counters: { sms: counted({ RO: 9, MT: 1 }) }, last: { sms: 19 } });
  expect(counts).toEqual({
    sms: { status: 'ok', ageSeconds: 60, byCountry: { RO: 9, MT: 1 }, fullCount: null, fullCountAgeSeconds: null },
  });
  expect(fullCounts).toBe(0);
});

test('a counter that fell by more than half is confirmed, or not, by a full count', async () => {
  const counters = { sms: counted({ RO: 9 }) };
  const { counts } = await observed({ counters, rows: { sms: { RO: 200 } }, last: { sms: 200 } });
  expect(counts.sms).toMatchObject({ byCountry: { RO: 9 }, fullCount: 200, fullCountAgeSeconds: 0 });
});

test('a counter that fell to zero needs a full count too', async () => {
  const { counts, fullCounts } = await observed({
    counters: { sms: counted({}) },
    rows: { sms: {} },
    last: { sms: 1 },
  });
  expect(counts.sms).toMatchObject({ byCountry: {}, fullCount: 0 });
  expect(fullCounts).toBe(1);
});

test.each([
  ['missing', undefined, []],
  ['unreadable', new Error('throttled'), ['endpoint counter of sms']],
  ['too old', counted({ RO: 9 }, 7_201), ['endpoint counter of sms']],
])('a counter that is %s is replaced by a full count', async (_what, counter, expected) => {
  const { counts, failures } = await observed({ counters: { sms: counter }, rows: { sms: { RO: 12 } } });
  expect(counts.sms).toEqual({
    status: 'ok',
    ageSeconds: 0,
    byCountry: { RO: 12 },
    fullCount: 12,
    fullCountAgeSeconds: 0,
  });
  expect(failures).toEqual(expected);
});

test('neither counter nor full count is no count, never zero', async () => {
  const { counts, failures } = await observed({ counters: { sms: undefined }, rows: new Error('throttled') });
  expect(counts).toEqual({ sms: { status: 'failed' } });
  expect(failures).toEqual(['full endpoint count']);
});

test('a full count that failed leaves the fall unconfirmed, and the other channels as they are', async () => {
  const counters = { sms: counted({ RO: 9 }), email: counted({ RO: 50 }) };
  const { counts } = await observed({ counters, rows: new Error('throttled'), last: { sms: 200, email: 50 } });
  expect(counts.sms).toMatchObject({ status: 'ok', byCountry: { RO: 9 }, fullCount: null });
  expect(counts.email).toMatchObject({ status: 'ok', byCountry: { RO: 50 }, fullCount: null });
});

test('all channels share one full count', async () => {
  const { fullCounts } = await observed({ counters: { sms: undefined, email: undefined, webhook: undefined } });
  expect(fullCounts).toBe(1);
});
