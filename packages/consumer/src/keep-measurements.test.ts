import { createInMemorySendMeasurements } from '@quakewire/testing';
import { keepMeasurements } from './keep-measurements.ts';

const shift = { workerId: 'request/0/7', remainingMs: () => 60_000 };
const measured = { byLatency: new Array(11).fill(1), firstSentAtMs: 1, lastAnsweredAtMs: 2 };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

it('keeps what the shift measured, after its work', async () => {
  const measurements = createInMemorySendMeasurements();
  const ports = { channel: 'sms' as const, take: () => measured, measurements, log: quiet };
  await expect(keepMeasurements(async () => 'done', ports)({}, shift)).resolves.toBe('done');
  expect(await measurements.since('sms', 0)).toEqual([measured]);
});

it('keeps nothing of a shift that sent nothing', async () => {
  const measurements = createInMemorySendMeasurements();
  const ports = { channel: 'sms' as const, take: () => undefined, measurements, log: quiet };
  await keepMeasurements(async () => 'done', ports)({}, shift);
  expect(await measurements.since('sms', 0)).toEqual([]);
});

it('lets no table that refuses end a wake-up as failed', async () => {
  const measurements = { ...createInMemorySendMeasurements(), put: () => Promise.reject(new Error('throttled')) };
  const ports = { channel: 'sms' as const, take: () => measured, measurements, log: quiet };
  await expect(keepMeasurements(async () => 'done', ports)({}, shift)).resolves.toBe('done');
});
