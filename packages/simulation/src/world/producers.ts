import type { Consumers } from './consumers.ts';
import type { Feed, Published } from './feed.ts';
import { createProducer, type Order, type Orders, type Producer } from './producer.ts';
import type { Surroundings } from './surroundings.ts';

/** The producers that live now. */
export interface Producers {
  start(): void;
  /** They all hear of an alert that is to be made. */
  hear(order: Order): void;
  /** They all read what a feed published. */
  read(published: Published): void;
  /** The simulation is over: nothing may hold on to what was in it. */
  end(): void;
}

/** A dead producer's place is taken this soon. */
const restartMs = 2_000;

/** @param onBreak gets what no producer should ever throw. */
export function createProducers(
  world: Surroundings,
  orders: Orders,
  feed: Feed,
  consumers: Consumers,
  onBreak: (error: unknown) => void,
): Producers {
  const { scenario, scheduler } = world;
  const living = new Set<Producer>();
  const ending = new AbortController();

  function start(): void {
    const process = world.startProcess('producer', () => {
      living.delete(producer);
      scheduler.after(restartMs, start);
    });
    const producer = createProducer({
      ...{ process, orders, feed, publish: consumers.publish },
      ...{ stores: world.stores, interpose: world.interpose, sizing: world.sizing },
      channels: scenario.channels,
      partitions: scenario.partitions,
      log: world.loggerOf(process.name),
    });
    living.add(producer);
    // What was heard of before it started, the feeds still tell.
    for (const order of orders.all) if (order.atMs <= scheduler.nowMs()) producer.hear(order);
    for (const { atMs, bulletin } of feed.all) if (atMs <= scheduler.nowMs()) producer.read(bulletin);
    producer.run(ending.signal).catch(onBreak);
  }

  return {
    start,
    hear(order) {
      for (const producer of living) producer.hear(order);
    },
    read({ bulletin }) {
      for (const producer of living) producer.read(bulletin);
    },
    end: () => ending.abort('the simulation is over'),
  };
}
