import type { ChannelName } from './channel/channel.ts';
import type { PageRange } from './dispatch/segment-map.ts';
import type { Endpoint, RowKey } from './endpoint.ts';
import type { Place } from './place/geodesy.ts';

/**
 * A row that does not parse fails alone: it counts, under the id of its key (where even that cannot be read, 16 hex digits
 * derived from the key), and `unreadable` names the attribute that is wrong.
 */
export type EndpointRow =
  | { sortKey: string; endpoint: Endpoint }
  | { sortKey: string; endpointId: string; unreadable: string };

export interface EndpointDirectory {
  /** Every row of a page range in key order, eventually consistent. */
  readRange(channel: ChannelName, range: PageRange): Promise<EndpointRow[]>;
  /** The rows of these keys that are still there, in any order, eventually consistent. */
  readRows(channel: ChannelName, keys: readonly RowKey[]): Promise<EndpointRow[]>;
  /** Full count by country, opted-out rows left out. @throws when any part of it failed: zero is a fact only if the count succeeded. */
  countByCountry(channel: ChannelName): Promise<Record<string, number>>;
}

/** Apart from reading, because only writers need to know how a place becomes a key. */
export interface EndpointWriter {
  /** Writes rows (sign-up, import, seeding); registers their cells first. */
  put(endpoints: readonly Endpoint[]): Promise<void>;
}

/** A coarse cell in which the channel has or had endpoints. */
export interface RegisteredCell {
  cell: string;
  centre: Place;
}

/** Where a row lies, and how it counts; without `place` when the row does not say. */
export interface PlacedKey {
  sortKey: string;
  place: Place | undefined;
  /** As it counts: `unknownCountry` when the row does not say. */
  country: string;
  optedOut: boolean;
}

/** What segments are cut from, and endpoints counted by: never an address. */
export interface EndpointPlaces {
  /** In key order, also cells that are empty now. */
  listCells(channel: ChannelName): Promise<RegisteredCell[]>;
  /** Every row of a cell in key order, in batches, so that memory stays bounded. */
  readPlaces(channel: ChannelName, cell: string): AsyncIterable<readonly PlacedKey[]>;
}
