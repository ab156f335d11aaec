import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type Alert,
  type Channel,
  type ChannelName,
  cacheSegmentMaps,
  concerns,
  dispatchAlert,
  type RunCounts,
  renderText,
  type SupervisorPorts,
  type TimerClock,
  type WakeUp,
  type WorkerPorts,
  work,
} from '@quakewire/core';
import {
  createBudgetStore,
  createEndpointDirectory,
  createLedger,
  createRunStore,
  createSegmentMapStore,
  createSizingStore,
} from '@quakewire/dynamodb';
import { createStepClock } from '@quakewire/testing';
import { createInProcessTopic } from '../in-process-topic.ts';
import { workUntilClosed } from '../work-until-closed.ts';
import { channelShapes } from './channel-shapes.ts';
import { tableNames } from './cost-tables.ts';
import { createMeteredStores, type MeteredStores, type Usage } from './metered-stores.ts';
import { cipher } from './seed-towns.ts';

export interface MeteredAlert {
  usages: Usage[];
  records: number;
  counts: RunCounts | undefined;
  /** From the dispatch until the run was closed, on the virtual clock. */
  virtualMs: number;
}

/** So much virtual time passes while store calls are under way, at most. */
const stepMs = 5;
const invocationMs = 120_000;
const silence = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * One alert on one channel, dispatched, worked on and closed by the product's code and adapters. Time is virtual and waits for the
 * tables, so renewals, progress and the supervisor come as often as they would at the real rate.
 */
export async function sendMeteredAlert(
  channelName: ChannelName,
  alertAt: (nowMs: number) => Alert,
  connect: () => DynamoDBClient,
  onProgress: (sent: number) => void,
): Promise<MeteredAlert> {
  // Today, lest the table server takes away what would have expired.
  const clock = createStepClock(Date.now());
  const stores = createMeteredStores(connect);
  const { partitions } = channelShapes[channelName];
  const topic = createInProcessTopic(partitions, clock);
  const leading: SupervisorPorts = { ...storesOf('leader', stores, clock), wakeUps: topic.wakeUps };
  const working = storesOf('worker', stores, clock);
  const channel = createAcceptingChannel(channelName, clock.wallMs, onProgress);
  const consumers = Array.from({ length: partitions }, () => createConsumer({ ...working, channel }));
  const startWorker = (wakeUp: WakeUp, partition: number) => consumers[partition]?.(wakeUp) ?? Promise.resolve();
  const alert = alertAt(clock.wallMs());
  const startMs = clock.monotonicMs();

  async function everything(): Promise<void> {
    const producing = storesOf('producer', stores, clock);
    const request = { alert, channels: [channelName], pinnedMaps: {} };
    await dispatchAlert(request, { ...producing, wakeUps: topic.wakeUps });
    await workUntilClosed(channelName, topic, startWorker, leading, 7_200_000);
  }
  try {
    await waitingForStores(everything(), clock, stores);
    const usages = stores.usages();
    const { records } = topic;
    const run = await leading.runs.read({ earthquakeId: alert.earthquakeId, seq: alert.seq, channel: channelName });
    const virtualMs = clock.monotonicMs() - startMs;
    return { usages: usages.map((usage) => ({ ...usage })), records: records(), counts: run?.counts, virtualMs };
  } finally {
    stores.close();
  }
}

function storesOf(who: string, { meter }: MeteredStores, clock: TimerClock) {
  const nowMs = clock.wallMs;
  const { dispatch: dispatchTable, ledger, map, endpoints } = tableNames;
  return {
    runs: meter(`${who}: runs`, (client) => createRunStore({ client, table: dispatchTable, nowMs })),
    budgets: meter(`${who}: budgets`, (client) => createBudgetStore({ client, table: dispatchTable })),
    sizing: meter(`${who}: sizing`, (client) => createSizingStore({ client, table: dispatchTable })),
    maps: meter(`${who}: maps`, (client) => createSegmentMapStore({ client, table: map, nowMs })),
    ledger: meter(`${who}: ledger`, (client) => createLedger({ client, table: ledger, nowMs })),
    endpoints: meter(`${who}: endpoints`, (client) => createEndpointDirectory({ client, table: endpoints })),
    clock,
    storeTime: nowMs,
    log: silence,
  };
}

type Working = ReturnType<typeof storesOf> & { channel: Channel };

/** One process of the consumer: it reads a map once. */
function createConsumer(working: Working): (wakeUp: WakeUp) => Promise<void> {
  const { clock } = working;
  const ports: WorkerPorts = {
    ...working,
    maps: cacheSegmentMaps(working.maps),
    deadLetters: { send: () => Promise.reject(new Error('a channel that accepts everything left a dead letter')) },
    openAddress: cipher.open,
    concerns,
    random: () => 0.5,
    renderText,
  };
  return async (wakeUp) => {
    const endsAtMs = clock.monotonicMs() + invocationMs;
    const shift = { workerId: crypto.randomUUID(), remainingMs: () => endsAtMs - clock.monotonicMs() };
    await work(wakeUp, shift, ports);
  };
}

export function createAcceptingChannel(
  name: ChannelName,
  nowMs: () => number,
  onProgress: (sent: number) => void,
): Channel {
  let sent = 0;
  return {
    name,
    async deliver() {
      onProgress(++sent);
      return { outcome: 'accepted', messageId: channelShapes[name].messageId(sent, nowMs()) };
    },
  };
}

/** Lets virtual time pass in small steps, each only when the tables have answered all calls. */
export async function waitingForStores(
  done: Promise<void>,
  clock: ReturnType<typeof createStepClock>,
  stores: MeteredStores,
): Promise<void> {
  let isDone = false;
  const finish = (): void => {
    isDone = true;
  };
  done.then(finish, finish);
  while (!isDone) {
    await clock.advance(stepMs);
    await stores.idle();
  }
  return done;
}
