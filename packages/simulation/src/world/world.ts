import type { ChannelName, Logger } from '@quakewire/core';
import { aSizing, createInMemorySizingStore, type SeededRandom } from '@quakewire/testing';
import { type Fault, faultsOf, type Role } from '../faults.ts';
import type { Scenario } from '../scenario.ts';
import { createScheduler, type Ending } from '../scheduler.ts';
import { consume } from './consumer.ts';
import { createOrders } from './orders.ts';
import { createPeople, type People } from './people.ts';
import { createProducer, type Order, type Producer } from './producer.ts';
import { createProvider } from './provider.ts';
import { createSimulatedProcess, type SimulatedProcess } from './simulated-process.ts';
import { createStoreFaults } from './store-faults.ts';
import { createStores, type Stores } from './stores.ts';
import { createStrikes } from './strikes.ts';
import { createTopic, type Topic, type TopicRecord } from './topic.ts';
import { createWitness, type Witness } from './witness.ts';
import { witnessed } from './witnessed.ts';

/** Everything of one simulation. */
export interface World {
  scenario: Scenario;
  faults: readonly Fault[];
  stores: Stores;
  people: People;
  orders: readonly Order[];
  witness: Witness;
  run(): Promise<Ending>;
  nowMs(): number;
  steps(): number;
}

/** Whatever happens, all must have ended this long after the last thing that was ordered. */
const longestMs = 300_000;
const mostSteps = 400_000;
/** A dead producer's place is taken this soon. */
const restartMs = 2_000;
/** Under these a worker may not know of a more urgent run in time. */
const disorderly: ReadonlySet<string> = new Set(['pause', 'conflicts', 'throttles', 'ambiguous', 'stale']);
/** Nobody loses a page by a pause shorter than this. */
const harmlessPauseMs = 2_000;

export function createWorld(
  scenario: Scenario,
  faults: readonly Fault[],
  random: SeededRandom,
  trace?: (line: string) => void,
): World {
  const scheduler = createScheduler(random.fork('scheduler').next);
  const nowMs = (): number => scheduler.nowMs();
  const say = trace && ((line: string): void => trace(`${nowMs().toFixed(3)} ${line}`));
  const isOrderJudged = !faults.some(({ kind }) => disorderly.has(kind));
  const witness = createWitness(scheduler, { isOrderJudged });
  const stores = witnessed(createStores(witness.pageChanged), witness);
  const people = createPeople(scenario, random.fork('people'));
  const orders = createOrders(scenario, faults);
  const sizing = createInMemorySizingStore(sizingOf(scenario));
  const strikes = createStrikes(faults);
  const onAmbiguity = (): void => void witness.harm.storeAmbiguities++;
  const storeRandom = random.fork('stores');
  const interpose = createStoreFaults({ scheduler, random: storeRandom, faults, ledger: stores.ledger, onAmbiguity });
  const providers = new Map(
    scenario.channels.map((channel) => [
      channel,
      createProvider(scheduler, random.fork(`provider ${channel}`), scenario.refusals, faults),
    ]),
  );
  let records = 0;
  const count = { next: () => records++ };
  const topics = new Map<string, Topic>(
    scenario.channels.map((channel) => [
      channel,
      createTopic(scheduler, scenario.partitions, faults, count, (record) => startConsumer(channel, record)),
    ]),
  );
  const started: Record<Role, number> = { consumer: 0, producer: 0 };
  const producers = new Set<{ producer: Producer; process: SimulatedProcess }>();
  const ending = new AbortController();
  const skews = faultsOf(faults, 'clocks');
  let consuming = 0;
  let crash: unknown;

  function startProcess(role: Role, onDeath: () => void): SimulatedProcess {
    const number = started[role]++;
    const skew = skews.find((fault) => fault.role === role && fault.process === number);
    return createSimulatedProcess({
      ...{ role, number, scheduler, strikes, trace: say },
      random: random.fork(`${role} ${number}`),
      offsetMs: skew?.offsetMs ?? 0,
      storeOffsetMs: skew?.storeOffsetMs ?? 0,
      onDeath() {
        if (role === 'consumer') witness.harm.deaths++;
        onDeath();
      },
      onPause(forMs) {
        witness.harm.pauses++;
        if (forMs > harmlessPauseMs) witness.harm.longPauses++;
      },
    });
  }

  function startConsumer(channel: ChannelName, record: TopicRecord): void {
    consuming++;
    const end = (failed: boolean): void => {
      consuming--;
      topics.get(channel)?.ended(record, failed);
    };
    const process = startProcess('consumer', () => end(true));
    const endsAtMs = nowMs() + scenario.invocationMs;
    const deadline = scheduler.at(endsAtMs, () => process.kill('its time is up'));
    const provider = providers.get(channel);
    if (!provider) throw new Error(`channel ${channel} has no provider`);
    const deps = {
      ...{ channel, process, stores, interpose, provider, witness, nowMs },
      readRange: people.directory.readRange,
      remainingMs: () => endsAtMs - nowMs(),
      log: loggerOf(process.name),
    };
    consume(record, deps).then(
      () => {
        if (process.isDead()) return;
        deadline.cancel();
        if (process.sleepers() > 0) witness.breaks(`I14 ${process.name} leaves ${process.sleepers()} timers behind`);
        end(false);
      },
      (error) => {
        crash = error;
      },
    );
  }

  function startProducer(): void {
    const process = startProcess('producer', () => {
      producers.delete(entry);
      scheduler.after(restartMs, () => ending.signal.aborted || startProducer());
    });
    const publish = async (channel: string, messages: Parameters<Topic['publish']>[0]): Promise<void> => {
      for (const { message } of messages) {
        if (message.type === 'wakeUp' && !witness.runs.has(`${message.earthquakeId}/${message.seq}/${channel}`))
          witness.breaks(`I1 a wake-up for ${message.earthquakeId}/${message.seq}/${channel} before its run`);
      }
      topics.get(channel)?.publish(messages);
    };
    const producer = createProducer({
      ...{ process, stores, interpose, sizing, publish, orders },
      channels: scenario.channels,
      partitions: scenario.partitions,
      log: loggerOf(process.name),
    });
    const entry = { producer, process };
    producers.add(entry);
    for (const order of orders.all) if (order.atMs <= nowMs()) producer.hear(order);
    producer.run(ending.signal).catch((error) => {
      crash = error;
    });
  }

  function loggerOf(name: string): Logger {
    const write = (fields: Record<string, unknown>, message: string): void =>
      say?.(`${name} says ${message} ${JSON.stringify(fields)}`);
    return { debug: write, info: write, warn: write, error: write };
  }

  async function prepare(): Promise<void> {
    for (const channel of scenario.channels)
      await stores.maps.publish(people.cut(channel, 1, scenario.pageEndpoints, scenario.segmentEndpoints));
  }

  function plan(): void {
    for (const order of orders.all)
      scheduler.at(order.atMs, () => {
        for (const { producer, process } of producers) if (!process.isDead()) producer.hear(order);
      });
    for (const { atMs } of faultsOf(faults, 'two-producers')) scheduler.at(atMs, startProducer);
    for (const { atMs, channel, share } of faultsOf(faults, 'stop'))
      scheduler.at(atMs, () => people.stop(channel, share, nowMs()));
    for (const { atMs, ...change } of faultsOf(faults, 'new-sizing'))
      scheduler.at(atMs, () => void sizing.write(sizingOf({ ...scenario, ...change })));
    for (const { atMs, pageEndpoints, segmentEndpoints } of faultsOf(faults, 'new-map'))
      scheduler.at(atMs, () => {
        for (const channel of scenario.channels)
          void stores.maps.publish(people.cut(channel, 2, pageEndpoints, segmentEndpoints));
      });
  }

  const isOver = (): boolean => {
    if (crash) throw crash;
    return (
      orders.isOver() &&
      consuming === 0 &&
      witness.openRuns() === 0 &&
      [...topics.values()].every((topic) => topic.isIdle())
    );
  };

  return {
    ...{ scenario, faults, stores, people, witness, nowMs },
    orders: orders.all,
    steps: scheduler.steps,
    async run() {
      await prepare();
      startProducer();
      plan();
      const lastMs = Math.max(...orders.all.map(({ atMs }) => atMs));
      return scheduler.run(isOver, { untilMs: lastMs + longestMs, steps: mostSteps });
    },
  };
}

const sizingOf = (
  sizing: Pick<Scenario, 'maxWorkersPerSegment' | 'ratePerSecond'> & { activePartitions?: number; partitions: number },
) =>
  aSizing({
    activePartitions: sizing.activePartitions ?? sizing.partitions,
    maxWorkersPerSegment: sizing.maxWorkersPerSegment,
    providerRatePerSecond: sizing.ratePerSecond,
  });
