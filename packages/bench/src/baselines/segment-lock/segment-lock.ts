import { countPage, isFinalPage, type Ledger, noCounts } from '@quakewire/core';
import type { Baseline, BaselinePorts } from '../baseline.ts';
import { createPacedSender } from '../paced-sender.ts';
import { readSegmentTask } from '../segment-task.ts';
import { createProgressTeller } from '../tell-progress.ts';
import { createSegmentHolder } from './segment-holder.ts';
import type { SegmentLeases } from './segment-leases.ts';
import { type PagePorts, sendSegmentPage } from './send-segment-page.ts';
import { takeSegment } from './take-segment.ts';

export type SegmentLockPorts = BaselinePorts &
  PagePorts & { leases: SegmentLeases; ledger: Pick<Ledger, 'readSegment'> };

/** A worker about to be ended starts nothing. */
const stopBeforeEndMs = 12_000;

/**
 * The second design: one worker a segment, by a lease with a cursor. Its pages are claimed and settled as ours are, so a
 * resumed worker can harm nothing; but a segment whose worker died waits as a whole until the lease is taken over.
 */
export function createSegmentLock(ports: SegmentLockPorts): Baseline {
  const { ledger, runs, maps } = ports;
  return {
    async work(wakeUp, shift) {
      const task = await readSegmentTask(ports, wakeUp);
      const taken = await takeSegment(ports, task, shift.workerId);
      if (taken === 'held') return;
      // Whoever did its last page may have died before it said so.
      if (taken === 'done') return runs.markDone(task.key, task.rank, noCounts);
      const holder = createSegmentHolder(ports, task, taken.lease, taken.hold);
      const sender = createPacedSender(ports);
      const told = createProgressTeller(ports, task.key, shift.workerId);
      const mayGoOn = (): boolean => shift.remainingMs() >= stopBeforeEndMs;
      for (let at = taken.lease.cursor; at < task.pages.length; at++) {
        const entries = mayGoOn() ? await sendSegmentPage(ports, task, at, holder, sender, mayGoOn) : undefined;
        if (!entries || !(await holder.renew(at + 1))) return holder.release();
        await told(countPage({ state: 'settled', entries }));
      }
      await runs.markDone(task.key, task.rank, noCounts);
    },

    async readRecords(run) {
      const { segments } = await maps.read(run.channel, run.mapVersion);
      const records = await Promise.all(segments.map(({ id }) => ledger.readSegment(run, id, true)));
      const pages = records.flat();
      return { entries: pages.flatMap(({ entries }) => entries), isAnyoneAtWork: !pages.every(isFinalPage) };
    },
  };
}
