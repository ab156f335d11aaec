import type { Logger } from '@quakewire/core';
import { aSizing, createInMemorySizingStore, type InMemorySizingStore, type SeededRandom } from '@quakewire/testing';
import { type Fault, faultsOf, type Role } from '../faults.ts';
import type { Scenario } from '../scenario.ts';
import { createScheduler, type Scheduler } from '../scheduler.ts';
import { createPeople, type People } from './people.ts';
import { createSimulatedProcess, type Interposer, type SimulatedProcess } from './simulated-process.ts';
import { createStoreFaults } from './store-faults.ts';
import { createStores, type Stores } from './stores.ts';
import { createStrikes } from './strikes.ts';
import { createWitness, type Witness } from './witness.ts';
import { witnessed } from './witnessed.ts';

/** What all processes of one world have around them. */
export interface Surroundings {
  scenario: Scenario;
  faults: readonly Fault[];
  random: SeededRandom;
  scheduler: Scheduler;
  witness: Witness;
  stores: Stores;
  people: People;
  sizing: InMemorySizingStore;
  /** What stands between any process and the stores. */
  interpose: Interposer;
  startProcess(role: Role, onDeath: () => void): SimulatedProcess;
  loggerOf(name: string): Logger;
}

/** Under these a worker may not know of a more urgent run in time. */
const disorderly: ReadonlySet<string> = new Set(['pause', 'conflicts', 'throttles', 'ambiguous', 'stale']);
/** Nobody loses a page by a pause shorter than this. */
const harmlessPauseMs = 2_000;

export function createSurroundings(
  scenario: Scenario,
  faults: readonly Fault[],
  random: SeededRandom,
  trace: ((line: string) => void) | undefined,
): Surroundings {
  const scheduler = createScheduler(random.fork('scheduler').next);
  const say = trace && ((line: string): void => trace(`${scheduler.nowMs().toFixed(3)} ${line}`));
  const isOrderJudged = !faults.some(({ kind }) => disorderly.has(kind));
  const witness = createWitness(scheduler, { isOrderJudged });
  const stores = witnessed(createStores(witness.pageChanged), witness);
  const people = createPeople(scenario, random.fork('people'));
  const interpose = createStoreFaults({
    ...{ scheduler, faults, ledger: stores.ledger, random: random.fork('stores') },
    readRangeAsOf: people.readRangeAsOf,
    onAmbiguity: () => void witness.harm.storeAmbiguities++,
  });
  const strikes = createStrikes(faults);
  const skews = faultsOf(faults, 'clocks');
  const started: Record<Role, number> = { consumer: 0, producer: 0, aside: 0 };

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
  function loggerOf(name: string): Logger {
    const write = (fields: Record<string, unknown>, message: string): void =>
      say?.(`${name} says ${message} ${JSON.stringify(fields)}`);
    return { debug: write, info: write, warn: write, error: write };
  }

  return {
    ...{ scenario, faults, random, scheduler, witness, stores, people, interpose, startProcess, loggerOf },
    sizing: createInMemorySizingStore(sizingOf(scenario)),
  };
}

export const sizingOf = (
  sizing: Pick<Scenario, 'maxWorkersPerSegment' | 'ratePerSecond'> & { activePartitions?: number; partitions: number },
) =>
  aSizing({
    activePartitions: sizing.activePartitions ?? sizing.partitions,
    maxWorkersPerSegment: sizing.maxWorkersPerSegment,
    providerRatePerSecond: sizing.ratePerSecond,
  });
