import type { Alert } from '../../alert/alert.ts';
import type { Channel, MessageText } from '../../channel/channel.ts';
import type { Endpoint } from '../../endpoint.ts';
import type { EndpointDirectory } from '../../endpoint-directory.ts';
import type { Telling } from '../../message/render-text.ts';
import type { StoreTime, TimerClock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { BudgetStore } from '../budget.ts';
import type { DeadLetters } from '../dead-letter.ts';
import type { Ledger } from '../ledger.ts';
import type { RunCounts, RunStore } from '../run.ts';
import type { SegmentMapStore } from '../segment-map.ts';

/** Everything that a worker touches. */
export interface WorkerPorts {
  runs: RunStore;
  maps: Pick<SegmentMapStore, 'read'>;
  ledger: Ledger;
  budgets: Omit<BudgetStore, 'ensure'>;
  endpoints: Pick<EndpointDirectory, 'readRange' | 'readRows'>;
  channel: Channel;
  deadLetters: DeadLetters;
  clock: TimerClock;
  storeTime: StoreTime;
  log: Logger;
  /** At least 0, below 1. */
  random(): number;
  /** Opens an address just before it is used. @throws when it cannot be opened: that endpoint fails alone. */
  openAddress(sealedAddress: Uint8Array): string;
  concerns(endpoint: Endpoint, alert: Alert): boolean;
  renderText(alert: Alert, endpoint: Endpoint, nowMs: number, telling: Telling): MessageText;
  /** Where one click ends this endpoint's subscription; left out where there is no such page. */
  stopUrl?: ((endpointId: string) => string) | undefined;
}

/** One invocation's share of time. */
export interface Shift {
  /** Different for every wake-up that is worked on, also when the same record comes again. */
  workerId: string;
  /** Time until the process may be ended, in milliseconds. */
  remainingMs(): number;
}

/** What a worker did, for the log. */
export interface WorkDone {
  ended: 'nothingLeft' | 'noSlot' | 'timeIsUp' | 'slotLost' | 'failed';
  pages: number;
  sends: number;
  /** From the start of the work to its first provider call. */
  firstSendAfterMs?: number;
  /** Of the pages that this worker settled, over all runs. */
  counts: RunCounts;
  /** Why nobody can work on the run that the wake-up names, with the field's name. */
  problem?: string;
}
