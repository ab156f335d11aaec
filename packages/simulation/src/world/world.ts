import type { SeededRandom } from '@quakewire/testing';
import { type Fault, faultsOf } from '../faults.ts';
import type { Scenario } from '../scenario.ts';
import type { Ending } from '../scheduler.ts';
import { createAside } from './aside.ts';
import { createConsumers } from './consumers.ts';
import { createFeed } from './feed.ts';
import { createOrders } from './orders.ts';
import type { People } from './people.ts';
import { createProducers } from './producers.ts';
import type { Stores } from './stores.ts';
import { createSurroundings, sizingOf } from './surroundings.ts';
import type { Witness } from './witness.ts';

/** Everything of one simulation. */
export interface World {
  scenario: Scenario;
  faults: readonly Fault[];
  stores: Stores;
  people: People;
  witness: Witness;
  /** Runs until every alert is made, every run closed and every worker gone. */
  run(): Promise<Ending>;
  nowMs(): number;
  steps(): number;
}

/** Whatever happens, all must have ended this long after the last thing that was ordered. */
const longestMs = 300_000;
const mostSteps = 400_000;

/** @param trace gets the log, line by line; left out where nobody reads it. */
export function createWorld(
  scenario: Scenario,
  faults: readonly Fault[],
  random: SeededRandom,
  trace?: (line: string) => void,
): World {
  const surroundings = createSurroundings(scenario, faults, random, trace);
  const { scheduler, stores, people, sizing, witness } = surroundings;
  const orders = createOrders(scenario, faults);
  const feed = createFeed(faults);
  let broken: { error: unknown } | undefined;
  const onBreak = (error: unknown): void => {
    broken = { error };
  };
  const aside = createAside(surroundings);
  const consumers = createConsumers(surroundings, aside.accepted, onBreak);
  const producers = createProducers(surroundings, orders, feed, consumers, onBreak);

  async function publishMaps(version: number, pageEndpoints: number, segmentEndpoints: number): Promise<void> {
    for (const channel of scenario.channels)
      await stores.maps.publish(people.cut(channel, version, pageEndpoints, segmentEndpoints));
  }

  function plan(): void {
    for (const order of orders.all) scheduler.at(order.atMs, () => producers.hear(order));
    for (const published of feed.all) scheduler.at(published.atMs, () => producers.read(published));
    for (const { atMs } of faultsOf(faults, 'two-producers')) scheduler.at(atMs, producers.start);
    for (const { atMs, channel, share } of faultsOf(faults, 'stop'))
      scheduler.at(atMs, () => people.stop(channel, share, scheduler.nowMs()));
    for (const { atMs } of faultsOf(faults, 'replay')) aside.replayAt(atMs);
    for (const { atMs, ...change } of faultsOf(faults, 'new-sizing'))
      scheduler.at(atMs, () => void sizing.write(sizingOf({ ...scenario, ...change })));
    for (const { atMs, pageEndpoints, segmentEndpoints } of faultsOf(faults, 'new-map'))
      scheduler.at(atMs, () => void publishMaps(2, pageEndpoints, segmentEndpoints));
  }

  function isOver(): boolean {
    if (broken) throw broken.error;
    return witness.openRuns() === 0 && orders.isOver() && feed.isOver() && consumers.areIdle() && aside.isIdle();
  }

  return {
    ...{ scenario, faults, stores, people, witness },
    nowMs: scheduler.nowMs,
    steps: scheduler.steps,
    async run() {
      await publishMaps(1, scenario.pageEndpoints, scenario.segmentEndpoints);
      producers.start();
      plan();
      const lastMs = Math.max(...[...orders.all, ...feed.all].map(({ atMs }) => atMs));
      return scheduler.run(isOver, { untilMs: lastMs + longestMs, steps: mostSteps }).finally(producers.end);
    },
  };
}
