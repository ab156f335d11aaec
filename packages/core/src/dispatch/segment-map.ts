import type { ChannelName } from '../channel/channel.ts';
import type { Place } from '../place/geodesy.ts';

/**
 * A place in a channel's key space: coarse cell, then sort key within it. Ranges are half open, `[from, to)`.
 * Within a cell the lowest sort key is `''` and the highest bound is `'~'` (after every sort key in use).
 */
export interface PageRange {
  cell: string;
  from: string;
  to: string;
}
export const lowestSortKey = '';
export const highestSortKey = '~';

/** A fixed sub-range of a segment, never across two cells: the unit of claim, sending and record. */
export interface Page {
  range: PageRange;
  centre: Place;
  endpoints: number;
}

/** A contiguous, spatially compact key range of a channel's endpoints. Its id never changes within a map version. */
export interface Segment {
  id: number;
  centre: Place;
  /** No endpoint of the segment was farther than this from the centre when the map was cut. */
  radiusKm: number;
  pages: readonly Page[];
}

/** Immutable once published. */
export interface SegmentMap {
  channel: ChannelName;
  version: number;
  segments: readonly Segment[];
}

/** No such version (any more): runs that pinned it cannot be worked on. */
export class SegmentMapGone extends Error {
  override readonly name = 'SegmentMapGone';

  constructor(channel: ChannelName, version: number) {
    super(`segment map ${channel} version ${version} does not exist (any more)`);
  }
}

export interface SegmentMapStore {
  /** Version in force, or undefined while none was published. */
  currentVersion(channel: ChannelName): Promise<number | undefined>;
  /** @throws SegmentMapGone when that version does not exist (any more). */
  read(channel: ChannelName, version: number): Promise<SegmentMap>;
  /** Writes every segment first, then moves the current version; refuses a version that is not current + 1. */
  publish(map: SegmentMap): Promise<void>;
}
