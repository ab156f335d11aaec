const daySeconds = 86_400;

/** How long items are kept, in seconds, before DynamoDB's time to live removes them. */
export const retentionSeconds = {
  /** After the run's expiry: runs, boards, progress and alerts are read by nobody later; the ledger has the proof. */
  dispatch: 30 * daySeconds,
  /** After a page's last write: who was told, when, and who was not. */
  ledger: 400 * daySeconds,
  /** After another version replaced it; longer than any run that could still pin it. */
  supersededMap: 7 * daySeconds,
  /** After the last answer: nothing sizes by older speed. */
  sendMeasurements: 7 * daySeconds,
  /** After the revision was written. */
  earthquakes: 400 * daySeconds,
} as const;

/** Value of the time-to-live attribute: whole seconds since the epoch. */
export const endOfRetention = (fromMs: number, seconds: number): number => Math.floor(fromMs / 1000) + seconds;
