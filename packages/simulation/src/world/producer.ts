import {
  type Alert,
  type Bulletin,
  type ChannelName,
  createRunWatch,
  type Dispatched,
  dispatchAlert,
  type Logger,
  type PartitionedMessage,
  receiveBulletin,
  superviseRuns,
} from '@quakewire/core';
import { aBulletin, anAlert, aPolicy, type InMemorySizingStore } from '@quakewire/testing';
import { createHeldLease } from '../../../producer/src/leading/held-lease.ts';
import { createInbox } from '../../../producer/src/leading/inbox.ts';
import { lead } from '../../../producer/src/leading/lead.ts';
import type { Feed } from './feed.ts';
import type { Interposer, SimulatedProcess } from './simulated-process.ts';
import type { Stores } from './stores.ts';

/** An alert that is to be made at some time, whichever producer leads then. */
export interface Order {
  atMs: number;
  earthquakeId: string;
  seq: number;
  kind: Alert['kind'];
  type: Alert['type'];
  exercise: boolean;
  usefulMs: number;
}

/** What is stored of the earthquakes: which orders were carried out, and the maps that each earthquake pinned. */
export interface Orders {
  all: readonly Order[];
  isDone(order: Order): boolean;
  isReady(order: Order): boolean;
  pinnedMaps(earthquakeId: string): Readonly<Partial<Record<string, number>>>;
  done(order: Order, dispatched: readonly Dispatched[]): Promise<void>;
}

export interface ProducerDeps {
  process: SimulatedProcess;
  stores: Stores;
  interpose: Interposer;
  sizing: InMemorySizingStore;
  channels: readonly ChannelName[];
  partitions: number;
  publish(channel: string, messages: readonly PartitionedMessage[]): Promise<void>;
  orders: Orders;
  feed: Feed;
  log: Logger;
}

/** One producer's process. */
export interface Producer {
  /** It hears of an alert that is to be made; whoever leads makes it. */
  hear(order: Order): void;
  /** It hears what a feed published; what comes of that is up to whoever leads. */
  read(bulletin: Bulletin): void;
  /** Stands by and leads by turns until aborted. */
  run(signal: AbortSignal): Promise<void>;
}

const superviseMs = 2_000;
const pollMs = 500;

export function createProducer(deps: ProducerDeps): Producer {
  const { process, stores, interpose, channels, orders, log } = deps;
  const { clock, storeTime } = process;
  const ports = {
    runs: process.reach('runs', stores.runs, interpose),
    maps: process.reach('maps', stores.maps, interpose),
    ledger: process.reach('ledger', stores.ledger, interpose),
    budgets: process.reach('budgets', stores.budgets, interpose),
    sizing: process.reach('sizing', deps.sizing, interpose),
    wakeUps: process.reach(
      'wakeUps',
      { livePartitions: async () => deps.partitions, publish: deps.publish },
      (_method, _args, apply) => apply(),
    ),
    clock,
  };
  const earthquakes = process.reach('earthquakes', stores.earthquakes, interpose);
  const lease = createHeldLease(process.reach('lease', stores.lease, interpose), process.name, clock);
  const inbox = createInbox(clock, Number.POSITIVE_INFINITY);
  const known = new Map<string, Order>();
  const starts = new Map<string, number>();

  const policy = aPolicy();

  async function receive(bulletin: Bulletin): Promise<void> {
    const order = known.get(bulletin.id);
    if (order) return carryOut(order);
    await receiveBulletin(bulletin, {
      ...{ earthquakes, policy, storeNow: storeTime, logger: log },
      limitSpending: async (alert) => alert,
      dispatch: (alert, { pinnedMaps }) => dispatchAlert({ alert, channels, pinnedMaps }, { ...ports, starts }),
    });
    deps.feed.done(bulletin);
  }

  async function carryOut(order: Order): Promise<void> {
    if (orders.isDone(order)) return;
    if (!orders.isReady(order)) throw new Error('the alert before is not dispatched yet');
    const pinnedMaps = orders.pinnedMaps(order.earthquakeId);
    const dispatched = await dispatchAlert(
      { alert: alertOf(order, storeTime()), channels, pinnedMaps },
      { ...ports, starts },
    );
    await process.call('earthquakes.saveRevision', () => orders.done(order, dispatched));
  }

  async function leadOn(signal: AbortSignal): Promise<void> {
    const watch = createRunWatch();
    const supervise = {
      name: 'supervise',
      everyMs: superviseMs,
      pass: () => superviseRuns(channels, watch, { ...ports, storeTime, log }),
    };
    await lead({ lease, inbox, receive, duties: [supervise], clock, logger: log }, signal);
  }

  return {
    hear(order) {
      const id = `${order.earthquakeId}/${order.seq}`;
      known.set(id, order);
      inbox.put(aBulletin({ id, receivedAtMs: clock.wallMs() }));
    },
    read: (bulletin) => inbox.put(bulletin),
    async run(signal) {
      while (!signal.aborted) {
        if (await lease.step().catch(() => lease.isHeld())) await leadOn(signal);
        else await clock.sleep(pollMs, signal).catch(() => undefined);
      }
    },
  };
}

const alertOf = ({ earthquakeId, seq, kind, type, exercise, usefulMs }: Order, nowMs: number): Alert =>
  anAlert({ earthquakeId, seq, kind, type, exercise, issuedAtMs: nowMs, expiresAtMs: nowMs + usefulMs });
