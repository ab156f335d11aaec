import type { RunKey } from '@quakewire/core';

/** A segment's lock in one run: one worker at a time, and how far the work has come. */
export interface SegmentLease {
  key: RunKey;
  segmentId: number;
  /** Undefined when released. */
  owner: string | undefined;
  /** Fencing token: grows by one with every change of holder. */
  epoch: number;
  /** Grows with every sign of life. */
  beat: number;
  /** Pages before this one, in the order of the walk, are settled. */
  cursor: number;
}

/** One item a segment and run. Every write is conditional; undefined = refused. */
export interface SegmentLeases {
  read(key: RunKey, segmentId: number): Promise<SegmentLease | undefined>;
  /** Takes a segment that nobody holds, or whose holder was silent: if it is exactly as `seen` (undefined: no item). */
  take(
    key: RunKey,
    segmentId: number,
    seen: SegmentLease | undefined,
    owner: string,
  ): Promise<SegmentLease | undefined>;
  /** Sign of life, with the cursor moved or as it was. */
  renew(mine: SegmentLease, cursor: number): Promise<SegmentLease | undefined>;
  release(mine: SegmentLease): Promise<void>;
}
