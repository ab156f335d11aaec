import type { ChannelName } from './channel/channel.ts';
import type { PageRange } from './dispatch/segment-map.ts';
import type { Endpoint } from './endpoint.ts';

/** A row that does not parse fails alone: it counts, and is named by its id where it has one. */
export type EndpointRow = { sortKey: string; endpoint: Endpoint } | { sortKey: string; unreadable: string };

export interface EndpointDirectory {
  /** Every row of a page range in key order, eventually consistent. */
  readRange(channel: ChannelName, range: PageRange): Promise<EndpointRow[]>;
  /** Coarse cells in which the channel has or had endpoints, in key order. */
  listCells(channel: ChannelName): Promise<string[]>;
  /** Writes rows (sign-up, import, seeding); registers their cells first. */
  put(endpoints: readonly Endpoint[]): Promise<void>;
  /** Full count by country. @throws when any part of it failed: zero is a fact only if the count succeeded. */
  countByCountry(channel: ChannelName): Promise<Record<string, number>>;
}
