import type { SendMeasurement } from '@quakewire/core';
import { observeSends } from './observe-sends.ts';

const nowMs = 1_745_401_800_000;
const at = (firstSecond: number, lastSecond: number, byLatency: number[]): SendMeasurement => ({
  byLatency: [...byLatency, ...new Array(11 - byLatency.length).fill(0)],
  firstSentAtMs: nowMs - 600_000 + firstSecond * 1_000,
  lastAnsweredAtMs: nowMs - 600_000 + lastSecond * 1_000,
});

async function observed(measured: SendMeasurement[] | Error) {
  const failures: string[] = [];
  const sends = async () => {
    if (measured instanceof Error) throw measured;
    return measured;
  };
  const seen = await observeSends(['sms'], 7_200, { nowMs: () => nowMs, sends }, (input) => failures.push(input));
  return { ...seen, failures };
}

test('p95 is the bound that 95 of 100 sends kept, over all workers', async () => {
  const { sendLatency } = await observed([at(0, 10, [0, 90, 0, 5]), at(0, 12, [0, 95, 0, 5, 5])]);
  expect(sendLatency).toEqual({ sms: { ageSeconds: 588, p95Ms: 300 } });
});

test('throughput is that of the newest alert, not of the hours between two', async () => {
  const { sendThroughput } = await observed([at(-3_000, -2_990, [5_000]), at(0, 10, [500]), at(5, 20, [1_500])]);
  expect(sendThroughput).toEqual({ sms: { ageSeconds: 580, messagesPerSecond: 100 } });
});

test.each<[string, SendMeasurement[]]>([
  ['nothing was sent', []],
  ['too few were sent', [at(0, 10, [99])]],
  ['most took longer than every bound', [at(0, 10, [90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10])]],
])('when %s there is no latency: sizing assumes', async (_what, measured) => {
  expect((await observed(measured)).sendLatency).toEqual({});
});

test('a burst shorter than a second says nothing about throughput', async () => {
  expect((await observed([at(0, 0.5, [500])])).sendThroughput).toEqual({});
});

test('measurements that cannot be read are said, and hold nothing', async () => {
  const seen = await observed(new Error('throttled'));
  expect(seen).toEqual({ sendLatency: {}, sendThroughput: {}, failures: ['send measurements of sms'] });
});
