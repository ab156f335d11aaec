import type { Place } from '@quakewire/core';
import type { Feeds } from './feeds.ts';
import type { Institute } from './institute.ts';
import type { Terminal } from './terminal.ts';

/** An earthquake that the demo lets happen. */
export interface Quake {
  epicentre: Place;
  /** Subscribers live within this distance of it. */
  withinKm: number;
  /** ISO 3166-1 alpha-2: they live in this country only. */
  country?: string;
  /** Resolves when its last bulletin is out. */
  happen(site: QuakeSite): Promise<void>;
}

/** Where bulletins come from. */
export interface QuakeSite {
  feeds: Feeds;
  institute: Institute;
  terminal: Terminal;
}
