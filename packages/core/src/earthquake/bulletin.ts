import type { Place } from '../place/geodesy.ts';

/** Feeds: how far each is believed is policy's. */
export const sourceNames = ['usgs', 'emsc', 'ingest'] as const;
/** What operators say is a bulletin like any other, so that it takes the same way. */
export type Source = (typeof sourceNames)[number] | 'operator';

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
  /** Every id that the source gives for this earthquake, its own and other catalogues', lower case, e.g. `us7000pufs`. */
  ids: readonly string[];
  /** Grows with each revision of the source (its `updated` time in milliseconds). */
  version: number;
  hypocentre: Hypocentre;
  magnitude: number;
  magnitudeType: string;
  /** The region's name in the source's words. */
  region: string;
  /** `over`: the danger has passed; only operators say so. */
  status: 'automatic' | 'reviewed' | 'deleted' | 'over';
  /** Whose solution the source hands on, lower case, e.g. `ci` or `afad`; absent where it does not say. */
  network?: string;
  /** How many stations the solution rests on; absent where the source does not say. */
  stations?: number;
  /** A drill or test: alerted as an exercise, and never joined to what is real. */
  exercise: boolean;
  /** When its last byte arrived here, milliseconds since the epoch. */
  receivedAtMs: number;
}
