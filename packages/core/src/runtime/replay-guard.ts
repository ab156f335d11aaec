/** Remembers which signed requests were taken, so that none is taken twice. */
export interface ReplayGuard {
  /**
   * True for the first who shows `digest`, false for all others.
   * @param untilMs no longer than this must it be remembered, milliseconds since the epoch.
   */
  admit(digest: string, untilMs: number): Promise<boolean>;
}
