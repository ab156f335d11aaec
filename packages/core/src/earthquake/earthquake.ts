import type { Bulletin } from './bulletin.ts';

/** Ours: bulletins associated into one, with a revision that grows by one with every bulletin that is added. */
export interface Earthquake {
  id: string;
  revision: number;
  bulletins: readonly Bulletin[];
  /** The solution that alerts are decided on. */
  preferred: Bulletin;
  /** Segment map version per channel, pinned by the first alert for all runs of this earthquake. */
  pinnedMaps: Readonly<Partial<Record<string, number>>>;
  /** `seq` of the newest alert, 0 while there is none. */
  lastAlertSeq: number;
  /** How fast the newest alert went out; written after it did. */
  lastDispatch?: DispatchTimes;
}

/** Milliseconds since the epoch: the bulletin's last byte here, and Kafka's last acknowledgement per channel. */
export interface DispatchTimes {
  seq: number;
  receivedAtMs: number;
  acknowledgedAtMs: Readonly<Record<string, number>>;
}

/** Earthquakes found by time and place; a revision is written once, by whoever comes first. */
export interface EarthquakeStore {
  /** Earthquakes whose preferred origin lies within 60 s of `originTimeMs`, or that carry one of `ids`. */
  findCandidates(originTimeMs: number, ids: readonly string[]): Promise<Earthquake[]>;
  /** Writes `earthquake` if its revision is the stored one + 1 (or it is new at revision 1); false if another was first. */
  saveRevision(earthquake: Earthquake): Promise<boolean>;
}
