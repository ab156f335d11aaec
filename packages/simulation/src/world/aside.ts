import { type Receipt, recordReceipts, replayLetter, type UndeliveredLetter } from '@quakewire/core';
import { faultsOf } from '../faults.ts';
import { receiptOf } from './receipt-of.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Surroundings } from './surroundings.ts';

/** What comes after the sending: receipts of the providers, and dead letters that somebody replays. */
export interface Aside {
  /** A provider accepted a message: receipts may follow. */
  accepted(reference: string, messageId: string): void;
  replayAt(atMs: number): void;
  /** Nothing of it is under way. */
  isIdle(): boolean;
}

/** Receipts are recorded in batches. */
const collectMs = 1_000;
/** What was not done, or not to its end, is done again after this time: providers and people ask twice. */
const againMs = 2_000;

export function createAside(world: Surroundings): Aside {
  const { scheduler, stores, people, witness, interpose } = world;
  const random = world.random.fork('aside');
  const [receipts] = faultsOf(world.faults, 'receipts');
  let collected: Receipt[] = [];
  let underway = 0;

  /** Runs something in a process of its own, and again until that came to its end. */
  function carryOut(task: (process: SimulatedProcess) => Promise<void>): void {
    underway++;
    let hasEnded = false;
    /** Once: one that gave up may still have calls under way, and die in one of them. */
    const end = (afterMs: number, then: () => void): void => {
      if (hasEnded) return;
      hasEnded = true;
      scheduler.after(afterMs, () => {
        underway--;
        then();
      });
    };
    const again = (): void => end(againMs, () => carryOut(task));
    task(world.startProcess('aside', again)).then(() => end(0, () => undefined), again);
  }

  const portsOf = (process: SimulatedProcess) => ({
    runs: process.reach('runs', stores.runs, interpose),
    maps: process.reach('maps', stores.maps, interpose),
    ledger: process.reach('ledger', stores.ledger, interpose),
    endpoints: process.reach('endpoints', people.directory, interpose),
    storeTime: process.storeTime,
  });

  function record(batch: readonly Receipt[]): void {
    if (batch.length === 0) return;
    carryOut(async (process) => {
      let left: readonly Receipt[] = batch;
      for (;;) {
        left = await recordReceipts(left, portsOf(process));
        if (left.length === 0) return;
        await process.clock.sleep(againMs);
      }
    });
  }

  /** Two at once, so that they meet on a page. */
  function flush(): void {
    const batch = collected;
    collected = [];
    underway--;
    const isFirst = batch.map(() => random.chance(0.5));
    record(batch.filter((_, at) => isFirst[at]));
    record(batch.filter((_, at) => !isFirst[at]));
  }

  function say(reference: string, messageId: string, status: Receipt['status'], withinMs: number): void {
    underway++;
    scheduler.after(withinMs * random.next(), () => {
      const receipt = receiptOf(reference, messageId, status, witness);
      if (receipt && collected.length === 0) {
        underway++;
        scheduler.after(collectMs, flush);
      }
      if (receipt) collected.push(receipt);
      underway--;
    });
  }

  function replay(letter: UndeliveredLetter): void {
    carryOut(async (process) => void (await replayLetter(letter, portsOf(process))));
  }

  return {
    accepted(reference, messageId) {
      if (!receipts || !random.chance(receipts.share)) return;
      const { undelivered, again, withinMs } = receipts;
      const status = random.chance(undelivered) ? 'undelivered' : 'delivered';
      say(reference, messageId, status, withinMs);
      const other = status === 'delivered' ? 'undelivered' : 'delivered';
      if (random.chance(again)) say(reference, messageId, random.chance(0.7) ? status : other, withinMs);
    },
    replayAt(atMs) {
      underway++;
      scheduler.at(atMs, () => {
        underway--;
        for (const letter of witness.letters) replay(letter);
      });
    },
    isIdle: () => underway === 0,
  };
}
