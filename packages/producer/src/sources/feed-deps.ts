import type { Clock, Logger } from '@quakewire/core';

/** What every source needs besides its addresses. */
export interface FeedDeps {
  clock: Clock;
  /** A number from 0 up to 1. */
  random: () => number;
  logger: Logger;
}
