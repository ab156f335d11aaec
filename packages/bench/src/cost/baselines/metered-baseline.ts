import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Alert, cacheSegmentMaps, concerns, renderText, slotCount, slotRate, type WakeUp } from '@quakewire/core';
import { createEndpointDirectory, createLedger, createRunStore, createSegmentMapStore } from '@quakewire/dynamodb';
import { createStepClock } from '@quakewire/testing';
import { type BaselineStores, createBaseline, type Design } from '../../baselines/designs.ts';
import { createItemLockTable } from '../../baselines/item-lock/item-lock-table.ts';
import { openBaselineRun } from '../../baselines/open-baseline-run.ts';
import { createSegmentLeaseTable } from '../../baselines/segment-lock/segment-lease-table.ts';
import { superviseBaseline } from '../../baselines/supervise-baseline.ts';
import { createInProcessTopic } from '../../in-process-topic.ts';
import { tableNames } from '../cost-tables.ts';
import { createAcceptingChannel, type MeteredAlert, waitingForStores } from '../metered-alert.ts';
import { createMeteredStores, type MeteredStores } from '../metered-stores.ts';
import { cipher } from '../seed-towns.ts';

export interface MeteredBaselineOptions {
  design: Design;
  alertAt: (nowMs: number) => Alert;
  ratePerSecond: number;
  connect: () => DynamoDBClient;
  onProgress: (sent: number) => void;
}

const channelName = 'sms';
const invocationMs = 120_000;

/**
 * One alert by SMS, sent by an earlier design, on the same tables and the same virtual time as ours. It has no budget slots,
 * whose renewals ours pays for.
 */
export async function sendMeteredBaseline(options: MeteredBaselineOptions): Promise<MeteredAlert> {
  const { design, alertAt, ratePerSecond, connect, onProgress } = options;
  const clock = createStepClock(Date.now());
  const metered = createMeteredStores(connect);
  const workers = slotCount(ratePerSecond);
  const topic = createInProcessTopic(workers, clock);
  const ports = {
    channel: createAcceptingChannel(channelName, clock.wallMs, onProgress),
    clock,
    storeTime: clock.wallMs,
    openAddress: cipher.open,
    concerns,
    renderText,
    ratePerWorker: slotRate({ effectiveRatePerSecond: ratePerSecond, slots: workers }),
  };
  const leading = storesOf('leader', metered, clock.wallMs);
  const working = storesOf('worker', metered, clock.wallMs);
  // One process a partition: it reads a map once.
  const consumers = Array.from({ length: workers }, () =>
    createBaseline(design, { ...working, maps: cacheSegmentMaps(working.maps) }, ports),
  );
  async function work(wakeUp: WakeUp, partition: number): Promise<void> {
    const endsAtMs = clock.monotonicMs() + invocationMs;
    const shift = { workerId: crypto.randomUUID(), remainingMs: () => endsAtMs - clock.monotonicMs() };
    await consumers[partition]?.work(wakeUp, shift);
  }
  const alert = alertAt(clock.wallMs());
  async function everything(): Promise<void> {
    const run = await openBaselineRun(alert, channelName, workers, { ...leading, wakeUps: topic.wakeUps });
    let isOver = false;
    const consumed = topic.consume(work, () => isOver);
    try {
      const leader = createBaseline(design, leading, ports);
      await superviseBaseline(leader, run, workers, { runs: leading.runs, wakeUps: topic.wakeUps, clock });
    } finally {
      isOver = true;
      await consumed;
    }
  }
  try {
    await waitingForStores(everything(), clock, metered);
    const usages = metered.usages().map((usage) => ({ ...usage }));
    const run = await leading.runs.read({ earthquakeId: alert.earthquakeId, seq: alert.seq, channel: channelName });
    return { usages, records: topic.records(), counts: run?.counts, virtualMs: clock.monotonicMs() };
  } finally {
    metered.close();
  }
}

type Stores = BaselineStores & { maps: ReturnType<typeof createSegmentMapStore> };

function storesOf(who: string, { meter }: MeteredStores, nowMs: () => number): Stores {
  const { dispatch: dispatchTable, ledger, map, endpoints } = tableNames;
  return {
    runs: meter(`${who}: runs`, (client) => createRunStore({ client, table: dispatchTable, nowMs })),
    maps: meter(`${who}: maps`, (client) => createSegmentMapStore({ client, table: map, nowMs })),
    ledger: meter(`${who}: ledger`, (client) => createLedger({ client, table: ledger, nowMs })),
    endpoints: meter(`${who}: endpoints`, (client) => createEndpointDirectory({ client, table: endpoints })),
    locks: meter(`${who}: locks`, (client) => createItemLockTable({ client, table: endpoints })),
    leases: meter(`${who}: leases`, (client) => createSegmentLeaseTable({ client, table: dispatchTable })),
  };
}
