import { createHold, type Elapsed } from '../lease-time.ts';
import type { OpenRun, RunKey } from '../run.ts';
import { runsToWorkOn } from '../urgency.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** The channel's open list as this worker read it last. */
export interface OpenRuns {
  /** Runs to work on, most urgent first; read again when the last reading is older than `maximumAgeMs`. */
  list(maximumAgeMs: number): Promise<OpenRun[]>;
  /** As far as known: a later alert took this run's place. */
  isSuperseded(run: RunKey): boolean;
}

export function createOpenRuns({ runs, channel, clock }: Pick<WorkerPorts, 'runs' | 'channel' | 'clock'>): OpenRuns {
  let open: OpenRun[] = [];
  let age: Elapsed | undefined;
  return {
    async list(maximumAgeMs) {
      if (!age || age.elapsedMs() > maximumAgeMs) {
        const issued = createHold(clock);
        open = await runs.listOpen(channel.name);
        age = issued;
      }
      return runsToWorkOn(open);
    },
    isSuperseded: (run) =>
      open.some(
        (entry) =>
          entry.earthquakeId === run.earthquakeId && entry.seq === run.seq && entry.supersededBySeq !== undefined,
      ),
  };
}
