import { concerns, type PartitionedMessage, slotCount, slotRate, type WakeUp } from '@quakewire/core';
import {
  createProvider,
  createSurroundings,
  createTopic,
  type Fault,
  type Scenario,
  type SimulatedProcess,
  type TopicRecord,
} from '@quakewire/simulation/world';
import { createSeededRandom } from '@quakewire/testing';
import type { Baseline } from '../baselines/baseline.ts';
import { type BaselineStores, createBaseline, type Design } from '../baselines/designs.ts';
import { createInMemoryItemLocks } from '../baselines/item-lock/in-memory-item-locks.ts';
import { createInMemorySegmentLeases } from '../baselines/segment-lock/in-memory-segment-leases.ts';

const utf8 = new TextDecoder();

/** The simulation's world with an earlier design in it: the same people, delays of stores, provider, topic and faults. */
export async function createBaselineWorld(design: Design, scenario: Scenario, faults: readonly Fault[], seed: number) {
  const world = createSurroundings(scenario, faults, createSeededRandom(seed), undefined);
  const { scheduler, people, random } = world;
  await world.stores.maps.publish(people.cut('sms', 1, scenario.pageEndpoints, scenario.segmentEndpoints));
  const stores = {
    ...world.stores,
    endpoints: people.directory,
    locks: createInMemoryItemLocks(people.directory),
    leases: createInMemorySegmentLeases(),
  };
  const provider = createProvider(scheduler, random.fork('provider sms'), scenario.refusals, faults);
  const acceptances = new Map<string, number>();
  // So many workers at once as ours has slots, and each as fast as one slot.
  const workers = slotCount(scenario.ratePerSecond, scenario.partitions);
  const ratePerWorker = slotRate({ effectiveRatePerSecond: scenario.ratePerSecond, slots: workers });

  function deliver(process: SimulatedProcess, reference: string) {
    const accept = (): void => void acceptances.set(reference, (acceptances.get(reference) ?? 0) + 1);
    return process.call('channel.deliver', (_wasHeld, answersAfter) => provider.request(accept, answersAfter));
  }
  function baselineIn(process: SimulatedProcess, reached: BaselineStores): Baseline {
    return createBaseline(design, reached, {
      channel: { name: 'sms', deliver: ({ reference }) => deliver(process, reference) },
      clock: process.clock,
      storeTime: process.storeTime,
      openAddress: (sealed) => utf8.decode(sealed),
      concerns,
      renderText: () => ({ subject: 'earthquake', text: 'earthquake' }),
      ratePerWorker,
    });
  }
  function reachedBy(process: SimulatedProcess): typeof stores {
    const reached = Object.entries(stores).map(([name, port]) => [name, process.reach(name, port, world.interpose)]);
    return Object.fromEntries(reached);
  }

  let records = 0;
  const topic = createTopic(scheduler, scenario.partitions, faults, { next: () => records++ }, invoke);
  /** One invocation on one record; a record whose invocation fails comes again. */
  function invoke(record: TopicRecord): void {
    const process = world.startProcess('consumer', () => topic.ended(record, true));
    const endsAtMs = scheduler.nowMs() + scenario.invocationMs;
    const deadline = scheduler.at(endsAtMs, () => process.kill('its time is up'));
    const end = (failed: boolean) => (): void => {
      if (process.isDead()) return;
      scheduler.cancel(deadline);
      topic.ended(record, failed);
    };
    const shift = { workerId: process.name, remainingMs: () => endsAtMs - scheduler.nowMs() };
    const working = baselineIn(process, reachedBy(process)).work(record.message as WakeUp, shift);
    working.then(end(false), end(true));
  }

  const supervisor = world.startProcess('producer', () => undefined);
  return {
    ...{ scheduler, people, acceptances, workers, supervisor },
    stores: reachedBy(supervisor),
    baseline: baselineIn(supervisor, reachedBy(supervisor)),
    /** For a look at what is stored when the world has ended. */
    ended: baselineIn(supervisor, stores),
    wakeUps: {
      publish: async (_channel: string, messages: readonly PartitionedMessage[]) => topic.publish(messages),
    },
    isIdle: topic.isIdle,
  };
}
