import {
  type Clock,
  createHold,
  noCounts,
  type RunCounts,
  type RunKey,
  type RunStore,
  sumCounts,
} from '@quakewire/core';

/** As often as ours, and as cheaply. */
const everyMs = 4_000;

/** Tells a worker's cumulative counts now and then, so that a supervisor sees that something moves. */
export function createProgressTeller(
  { runs, clock }: { runs: Pick<RunStore, 'putProgress'>; clock: Clock },
  key: RunKey,
  workerId: string,
): (more: RunCounts) => Promise<void> {
  let counts = noCounts;
  let told = createHold(clock);
  return async (more) => {
    counts = sumCounts([counts, more]);
    if (told.elapsedMs() < everyMs) return;
    told = createHold(clock);
    await runs.putProgress(key, workerId, counts);
  };
}
