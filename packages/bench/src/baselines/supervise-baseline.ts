import { type Clock, countPage, createHold, type Run, type RunStore, type WakeUpLog } from '@quakewire/core';
import type { Baseline } from './baseline.ts';
import { wakeSegments } from './open-baseline-run.ts';

/** The same as our supervisor's: both designs get the one safety net that they may have without changing what they are. */
const superviseEveryMs = 2_000;
const stallMs = 5_000;

interface Ports {
  runs: Pick<RunStore, 'readBoard' | 'close' | 'removeOpen'>;
  wakeUps: Pick<WakeUpLog, 'publish'>;
  clock: Clock;
}

/** Assigns again the segments that are not done when nothing moved for a while; resolves when the run is closed. */
export async function superviseBaseline(
  baseline: Pick<Baseline, 'readRecords'>,
  run: Run,
  partitions: number,
  { runs, wakeUps, clock }: Ports,
): Promise<void> {
  let seen = '';
  let unchanged = createHold(clock);
  for (;;) {
    await clock.sleep(superviseEveryMs);
    const { marks, progress } = await runs.readBoard(run);
    const done = new Set(marks.flatMap((mark) => (mark.done ? [mark.rank] : [])));
    const unfinished = [...run.segmentOrder.keys()].filter((rank) => !done.has(rank));
    const records = unfinished.length === 0 ? await baseline.readRecords(run) : undefined;
    if (records && !records.isAnyoneAtWork) {
      await runs.close(run, countPage({ state: 'settled', entries: records.entries }));
      await runs.removeOpen(run);
      return;
    }
    const now = JSON.stringify([marks, progress]);
    if (now !== seen) unchanged = createHold(clock);
    seen = now;
    if (unfinished.length === 0 || unchanged.elapsedMs() < stallMs) continue;
    await wakeSegments(run, unfinished, partitions, wakeUps);
    unchanged = createHold(clock);
  }
}
