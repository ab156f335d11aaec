import type { ChannelName, WakeUp } from '@quakewire/core';
import type { Design } from '../../baselines/designs.ts';

/** Who sends: the client library alone, the product's channel alone, the product, or an earlier design. */
export type SideName = 'library' | 'channel' | 'ours' | Design;

export interface SideOptions {
  side: SideName;
  channel: ChannelName;
  sinkUrl: string;
  tablesUrl: string;
}

/** One round's work: so many messages in a bare loop, or each partition's wake-ups one after the other. */
export type Job =
  | {
      sends: number;
      concurrency: number;
      /** Left out: as fast as it goes. */
      ratePerSecond?: number | undefined;
    }
  | {
      /** Says which tables: each number of people has its own. */
      endpoints: number;
      wakeUps: readonly (readonly WakeUp[])[];
    };

/** What one round took. */
export interface Measured {
  sends: number;
  /** From the start of the first provider call to the end of the last. */
  wallMs: number;
  /** Of the sending process, from the start of the work to its end. */
  cpuMs: number;
  /** The most that the process ever held. */
  peakMb: number;
}

/** Notes when calls begin and end. */
export interface CallSpan {
  time<Answer>(call: () => Promise<Answer>): Promise<Answer>;
}

export type Side = (job: Job) => Promise<void>;
