import type { Alert } from '../alert/alert.ts';
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
  /** The newest alert, written with the revision that it was decided on and before it is dispatched. */
  lastAlert?: Alert;
  /** True when the newest alert was decided in shadow mode: nobody was told of it. */
  shadow?: boolean;
  /** Of the mainshock near which it is one of many: nobody is told of it singly, but in a digest. */
  mainshockId?: string;
  /** How fast the newest alert went out; written after it did. */
  lastDispatch?: DispatchTimes;
}

/** Milliseconds since the epoch: the bulletin's last byte here, and Kafka's last acknowledgement per channel. */
export interface DispatchTimes {
  seq: number;
  receivedAtMs: number;
  acknowledgedAtMs: Readonly<Record<string, number>>;
}
