import type { Place } from '../place/geodesy.ts';

/**
 * An early-warning system's word that an S wave is under way to a place, without a location of the earthquake: it causes
 * nothing by itself, and may confirm a solution that somebody else located.
 */
export interface ImminentSignal {
  source: 'infp';
  /** Made from the instant of its first rise: the feed names no events. */
  id: string;
  magnitude: number;
  place: Place;
  /** When the S wave is expected at `place`, milliseconds since the epoch. */
  sArrivalMs: number;
  /** When it was believed here, milliseconds since the epoch. */
  receivedAtMs: number;
}
