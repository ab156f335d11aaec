import type { Alert } from '../alert/alert.ts';

/** What is said to everybody at once, beside the runs that tell people one by one. No alert waits for it. */
export interface Broadcast {
  /**
   * Begins to publish an alert, and returns at once; what fails is the implementation's own to report. Never throws.
   * @param isNew false where the alert was made known before, perhaps by another process: posts that readers would see twice
   *   are left out then, files are written again.
   */
  start(alert: Alert, isNew: boolean): void;
  /** When nothing that was started is under way any more: a function that ends earlier may be frozen in the midst of it. */
  ended(): Promise<void>;
}
