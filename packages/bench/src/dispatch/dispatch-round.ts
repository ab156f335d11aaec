import {
  type Alert,
  type ChannelName,
  createRunWatch,
  dispatchAlert,
  type PartitionedMessage,
  type Run,
  superviseRuns,
  type WakeUp,
} from '@quakewire/core';
import { systemClock } from '@quakewire/lambda-runtime';
import { anAlert, aSizing } from '@quakewire/testing';
import type { Design } from '../baselines/designs.ts';
import { openBaselineRun } from '../baselines/open-baseline-run.ts';
import type { storesOf } from './dispatch-stores.ts';

/** The most that a sizing may say, and more than one process sends: the machine is the limit. */
const ratePerSecond = 50_000;
const segmentEndpoints = 1_000;

export const sizingOf = (workers: number) =>
  aSizing({ activePartitions: workers, providerRatePerSecond: ratePerSecond, segmentEndpoints });

/** An alert that was opened, with the wake-ups of each partition. */
export interface OpenRound {
  wakeUps: WakeUp[][];
  /** Closes the run and takes it off the open list. @throws when that is not possible at once. */
  close(): Promise<void>;
}

type Stores = ReturnType<typeof storesOf>;
let alerts = 0;

export async function openRound(
  side: 'ours' | Design,
  channel: ChannelName,
  workers: number,
  stores: Stores,
): Promise<OpenRound> {
  const alert = alertNow(`bench-${++alerts}`);
  const partitions: WakeUp[][] = Array.from({ length: workers }, () => []);
  const wakeUps = {
    livePartitions: async () => workers,
    async publish(_channel: string, messages: readonly PartitionedMessage[]) {
      for (const { partition, message } of messages)
        if (message.type === 'wakeUp') partitions[partition]?.push(message);
    },
  };
  const sizing = { read: async () => sizingOf(workers) };
  if (side === 'ours') {
    const ports = { ...stores, sizing, wakeUps, clock: systemClock };
    await dispatchAlert({ alert, channels: [channel], pinnedMaps: {} }, ports);
    return { wakeUps: partitions, close: () => closeOurs(channel, ports) };
  }
  const run = await openBaselineRun(alert, channel, workers, { ...stores, wakeUps });
  return { wakeUps: partitions, close: () => closeBaseline(run, stores) };
}

function alertNow(earthquakeId: string): Alert {
  const nowMs = Date.now();
  const { hypocentre } = anAlert();
  return anAlert({
    earthquakeId,
    hypocentre: { ...hypocentre, originTimeMs: nowMs - 60_000 },
    receivedAtMs: nowMs,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + 3_600_000,
  });
}

const passes = 20;
const silence = { debug() {}, info() {}, warn() {}, error() {} };

/** The workers have ended: all pages are final, and the first passes see it. */
async function closeOurs(
  channel: ChannelName,
  ports: Omit<Parameters<typeof superviseRuns>[2], 'storeTime' | 'log'>,
): Promise<void> {
  const watch = createRunWatch();
  for (let pass = 0; pass < passes; pass++) {
    await superviseRuns([channel], watch, { ...ports, storeTime: systemClock.wallMs, log: silence });
    if (watch.size === 0) return;
    await systemClock.sleep(500);
  }
  throw new Error('the workers have ended and the run cannot be closed');
}

async function closeBaseline(run: Run, { runs }: Pick<Stores, 'runs'>): Promise<void> {
  const { marks } = await runs.readBoard(run);
  const done = marks.filter((mark) => mark.done).length;
  if (done !== run.segmentOrder.length) throw new Error(`${done} of ${run.segmentOrder.length} segments are done`);
  await runs.removeOpen(run);
}
