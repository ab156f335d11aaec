import type { Alert } from '../alert/alert.ts';
import type { ChannelName } from '../channel/channel.ts';

/** (earthquake, seq, channel): what workers work on. */
export interface RunKey {
  earthquakeId: string;
  seq: number;
  channel: ChannelName;
}

/** Most urgent first: the order in which workers choose between open runs. Exercises come after all of 0-4. */
export const urgencies = [
  'earlyWarning',
  'cancel',
  'update',
  'allClear',
  'notification',
  'exercise',
  'digest',
] as const;
export type Urgency = (typeof urgencies)[number];

/** Durations of a run: written once in the run item, so that a deploy in mid-alert cannot mix two holds. */
export interface RunDurations {
  /** A claimed page belongs to its holder this long after the claim (or last beat) was ISSUED. */
  holdMs: number;
  /** A page may be taken over after being seen unchanged this long by the taker itself. Longer than the hold. */
  takeMs: number;
  /** Hard total time-out of one provider call. */
  sendTimeoutMs: number;
  /** Of one ledger write with its retries. */
  storeTimeoutMs: number;
}

export interface Run extends RunKey {
  mapVersion: number;
  kind: Alert['kind'];
  urgency: Urgency;
  issuedAtMs: number;
  expiresAtMs: number;
  durations: RunDurations;
  maxWorkersPerSegment: number;
  /** Segment ids in S-wave order, nearest first; a segment's position here is its rank on the board. */
  segmentOrder: readonly number[];
  state: 'open' | 'closed';
  /** Grows each time that handed-over endpoints are queued, which also opens a closed run again. */
  generation: number;
  counts?: RunCounts;
}

/** Final or running sums of a run; `considered` + `fromBackup` = `notConcerned` + `eligible`. */
export interface RunCounts {
  /** Rows of the run's map. */
  considered: number;
  /** Endpoints that another channel handed over. */
  fromBackup: number;
  notConcerned: number;
  eligible: number;
  accepted: number;
  failed: number;
  suppressed: number;
  expired: number;
  unknown: number;
  handedToBackup: number;
}

/** An entry of the open list, enough to choose between runs without reading them. */
export interface OpenRun extends RunKey {
  urgency: Urgency;
  issuedAtMs: number;
  expiresAtMs: number;
  /** A later alert of the same earthquake that supersedes this one. */
  supersededBySeq?: number;
}

/** A segment's mark on the board: begun by somebody (the mark is there) / no free page left / every page final. */
export interface SegmentMark {
  rank: number;
  taken: boolean;
  done: boolean;
  counts?: RunCounts;
}

export interface Board {
  /** As on the run item. */
  state: Run['state'];
  generation: number;
  marks: readonly SegmentMark[];
  /** Newest own cumulative counts of every worker: "at least", exact only after the run is closed. */
  progress: readonly { worker: string; counts: RunCounts }[];
}

export interface RunStore {
  /** Put if absent: true when this call wrote it, false when that seq existed already. */
  putAlert(alert: Alert): Promise<boolean>;
  readAlert(earthquakeId: string, seq: number): Promise<Alert | undefined>;
  /** Open list entry first, then the run item, each put if absent. Before the first wake-up. */
  open(run: Run): Promise<void>;
  listOpen(channel: ChannelName): Promise<OpenRun[]>;
  /** Marks earlier open runs of the earthquake on this channel as superseded by `seq`. */
  supersede(key: RunKey): Promise<void>;
  read(key: RunKey): Promise<Run | undefined>;
  readBoard(key: RunKey): Promise<Board>;
  /** For whoever looks for a segment that nobody has begun. */
  markBegun(key: RunKey, rank: number): Promise<void>;
  markTaken(key: RunKey, rank: number): Promise<void>;
  markDone(key: RunKey, rank: number, counts: RunCounts): Promise<void>;
  /** Sets (never adds) a worker's cumulative counts: a repeated write is harmless. */
  putProgress(key: RunKey, worker: string, counts: RunCounts): Promise<void>;
  /** open -> closed with the final counts, unless a later generation was opened; true when this call closed it. */
  close(run: RunKey & Pick<Run, 'generation'>, counts: RunCounts): Promise<boolean>;
  /** Opens the next generation, listed again if it was not; false when there is no such run. After its page is queued. */
  reopen(key: RunKey): Promise<boolean>;
  /** Removes the open list entry, unless a later generation was listed; after the whole alert is closed. */
  removeOpen(run: RunKey & Pick<Run, 'generation'>): Promise<void>;
}
