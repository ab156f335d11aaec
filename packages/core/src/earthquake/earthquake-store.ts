import type { Aftershock } from './aftershock.ts';
import type { Earthquake } from './earthquake.ts';
import type { Mainshock } from './mainshock.ts';

/** What stood around an origin when it was looked at. */
export interface Surroundings {
  earthquakes: readonly Earthquake[];
  /** How many earthquakes each time bucket around the origin had held: whoever creates one there changes it. */
  held: Readonly<Record<string, number>>;
}

/**
 * Earthquakes found by time and place. A revision is written once, by whoever comes first; so is an earthquake, under
 * whatever id, in surroundings in which another one has appeared meanwhile.
 */
export interface EarthquakeStore {
  /** Earthquakes whose preferred origin lies within 60 s of `originTimeMs`, or that carry one of `ids`. */
  lookAround(originTimeMs: number, ids: readonly string[]): Promise<Surroundings>;
  /** The newest revision. */
  read(earthquakeId: string): Promise<Earthquake | undefined>;
  /** Writes a new earthquake at revision 1; false if it exists, or if any was added to its surroundings since. */
  create(earthquake: Earthquake, surroundings: Pick<Surroundings, 'held'>): Promise<boolean>;
  /** Writes `earthquake` if its revision is the stored one + 1; false if another was first. */
  saveRevision(earthquake: Earthquake): Promise<boolean>;
  /** Mainshocks with an origin since `sinceMs`, by the newest revision of each. */
  listMainshocks(sinceMs: number): Promise<Mainshock[]>;
  /** Aftershocks with an origin since `sinceMs` of which nobody was told singly, by the newest revision of each. */
  listAftershocks(sinceMs: number): Promise<Aftershock[]>;
}
