import { runName } from '../page-name.ts';
import type { RunCounts, RunKey, RunStore } from '../run.ts';
import { noCounts, sumCounts } from '../run-counts.ts';

/** What this worker settled, told now and then to whoever watches. */
export interface Progress {
  add(run: RunKey, counts: RunCounts): void;
  /** Writes the cumulative counts of every run in which something was added since the last time. */
  flush(): Promise<void>;
  /** Over all runs. */
  total(): RunCounts;
}

export function createProgress(runs: Pick<RunStore, 'putProgress'>, workerId: string): Progress {
  const byRun = new Map<string, { run: RunKey; counts: RunCounts; isTold: boolean }>();
  return {
    add({ earthquakeId, seq, channel }, counts) {
      // Not always this worker's channel: it also ends what an earlier alert handed over to another one.
      const run = { earthquakeId, seq, channel };
      const name = runName(run);
      const before = byRun.get(name)?.counts ?? noCounts;
      byRun.set(name, { run, counts: sumCounts([before, counts]), isTold: false });
    },
    async flush() {
      for (const entry of byRun.values()) {
        if (entry.isTold) continue;
        entry.isTold = true;
        await runs.putProgress(entry.run, workerId, entry.counts);
      }
    },
    total: () => sumCounts([...byRun.values()].map(({ counts }) => counts)),
  };
}
