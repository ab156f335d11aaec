import type { Site } from './site.ts';
import type { Snapshots } from './snapshots.ts';

/** Everything that the steps of a rehearsal need. */
export interface World extends Site {
  snapshots: Snapshots;
}
