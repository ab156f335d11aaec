import { channelNames } from '@quakewire/core';
import { createSeededRandom } from '@quakewire/testing';
import type { Fault } from './fault.ts';

/** How providers behave from the first to the last message of a run, whatever else goes wrong. */
export const unreliableProviders = { errorShare: 0.05, hangShare: 0.02 };

/** A provider's outage, as long as they are at best. */
const outageMs = 20_000;

/** What goes wrong in one run, in the order of time; the same for the same seed. */
export function drawSchedule(seed: number): Fault[] {
  const random = createSeededRandom(seed);
  const between = (fromSeconds: number, toSeconds: number): number =>
    random.between(fromSeconds * 1000, toSeconds * 1000);
  const channel = () => channelNames[random.between(0, channelNames.length - 1)] ?? 'sms';
  const times = <Drawn>(count: number, draw: () => Drawn): Drawn[] => Array.from({ length: count }, draw);
  const faults: Fault[] = [
    ...times(8, (): Fault => ({ atMs: between(0.5, 30), kind: 'killConsumer', channel: channel() })),
    ...times(
      2,
      (): Fault => ({ atMs: between(1, 15), kind: 'freezeConsumer', channel: channel(), forMs: between(13, 17) }),
    ),
    { atMs: between(1, 10), kind: 'timeOutConsumer', channel: channel() },
    { atMs: between(0, 20), kind: 'killLeader' },
    { atMs: between(0.5, 25), kind: 'restartBroker' },
    ...times(
      2,
      (): Fault => ({
        atMs: between(1, 25),
        kind: 'throttleTables',
        share: random.between(2, 5) / 10,
        forMs: between(3, 6),
      }),
    ),
    ...times(
      3,
      (): Fault => ({ atMs: between(1, 25), kind: 'throttleProvider', channel: channel(), forMs: between(1, 3) }),
    ),
    { atMs: between(1, 12), kind: 'cutProvider', channel: channel(), forMs: outageMs },
    { atMs: between(8, 16), kind: 'cancelAlert' },
  ];
  return faults.sort((a, b) => a.atMs - b.atMs);
}
