import {
  type Alert,
  countPage,
  createLeaseWatch,
  type Endpoint,
  type Entry,
  noCounts,
  openingEntries,
  type RunKey,
} from '@quakewire/core';
import type { Baseline, BaselinePorts } from '../baseline.ts';
import { createPacedSender } from '../paced-sender.ts';
import { readSegmentTask, type SegmentTask } from '../segment-task.ts';
import { createProgressTeller } from '../tell-progress.ts';
import type { ItemLocks, LockedRow } from './item-locks.ts';

const runName = ({ earthquakeId, seq, channel }: RunKey): string => `${earthquakeId}/${seq}/${channel}`;
/** A worker about to be ended starts nothing. */
const stopBeforeEndMs = 12_000;

/**
 * The first design: a time stamp and a version on every subscriber's row. A worker reads a segment, locks each row, sends,
 * and writes the outcome to the row. A row that is locked and has no outcome is of unknown fate.
 */
export function createItemLock(ports: BaselinePorts & { locks: ItemLocks }): Baseline {
  const { locks, runs, maps, clock, concerns } = ports;
  const watch = createLeaseWatch(clock);

  const openingEntriesOf = (rows: readonly LockedRow[], alert: Alert): Entry[] =>
    openingEntries(
      rows.map(({ row }) => row),
      alert,
      { concerns },
    );
  /** Rows of a page with somebody to be told whom this run has not locked. */
  async function readFree({ key, alert }: SegmentTask, { page }: SegmentTask['pages'][number]): Promise<LockedRow[]> {
    const rows = await locks.readRange(key.channel, page.range);
    const entries = openingEntriesOf(rows, alert);
    return rows.filter(({ lock }, at) => entries[at]?.outcome === 'open' && lock.run !== runName(key));
  }

  /** Answers with what stands on the row now; undefined when somebody else was first. */
  async function tell(key: RunKey, locked: LockedRow, send: () => Promise<Entry>): Promise<Entry | undefined> {
    if (!(await locks.lock(key.channel, locked, runName(key), clock.wallMs()))) return undefined;
    const entry = await send();
    return (await locks.record(key.channel, locked, entry.outcome)) ? entry : undefined;
  }

  return {
    async work(wakeUp, shift) {
      const task = await readSegmentTask(ports, wakeUp);
      const { key, run, alert } = task;
      const sender = createPacedSender(ports);
      const told = createProgressTeller(ports, key, shift.workerId);
      const known: Entry[] = [];
      for (const page of task.pages) {
        for (const locked of await readFree(task, page)) {
          await sender.turn();
          if (shift.remainingMs() < stopBeforeEndMs) return sender.idle();
          const { endpoint } = locked.row as { endpoint: Endpoint };
          const call = tell(key, locked, () => sender.send(endpoint, run, alert));
          sender.track(
            call.then((entry) => {
              if (entry) known.push(entry);
            }),
          );
        }
        await told(countPage({ state: 'settled', entries: known.splice(0) }));
      }
      await sender.idle();
      await runs.markDone(key, task.rank, noCounts);
    },

    async readRecords(run) {
      const entries: Entry[] = [];
      let isAnyoneAtWork = false;
      const { segments } = await maps.read(run.channel, run.mapVersion);
      const alert = await runs.readAlert(run.earthquakeId, run.seq);
      if (!alert) throw new Error('the alert is missing');
      for (const { range } of segments.flatMap(({ pages }) => pages)) {
        const rows = await locks.readRange(run.channel, range);
        for (const [at, entry] of openingEntriesOf(rows, alert).entries()) {
          const { row, cell, lock } = rows[at] as LockedRow;
          const isMine = lock.run === runName(run);
          entries.push(isMine ? { ...entry, outcome: lock.outcome ?? 'unknown' } : entry);
          if (!isMine || lock.outcome) continue;
          const silentMs = watch.unchangedMs(`${cell}/${row.sortKey}`, String(lock.version));
          isAnyoneAtWork ||= silentMs < run.durations.takeMs;
        }
      }
      return { entries, isAnyoneAtWork };
    },
  };
}
