import type { Place } from '../place/geodesy.ts';

export type Source = 'usgs' | 'emsc' | 'ingest';

/** Where and when a rupture began: time in milliseconds since the epoch, depth in km positive downwards. */
export interface Hypocentre extends Place {
  originTimeMs: number;
  depthKm: number;
}

/** One message of one feed about one earthquake, as parsed at the edge. */
export interface Bulletin {
  source: Source;
  /** The source's own preferred id; it may change between bulletins. */
  id: string;
  /** Every id that the source gives for this earthquake, its own included, lower case, e.g. `us7000pufs`. */
  ids: readonly string[];
  /** Grows with each revision of the source (its `updated` time in milliseconds). */
  version: number;
  hypocentre: Hypocentre;
  magnitude: number;
  magnitudeType: string;
  /** The region's name in the source's words. */
  region: string;
  status: 'automatic' | 'reviewed' | 'deleted';
  /** When its last byte arrived here, milliseconds since the epoch. */
  receivedAtMs: number;
}
