import * as z from 'zod';
import type { ChannelName } from './channel/channel.ts';

/** Where a row does not say its country, it still counts: it costs a send like any other. */
export const unknownCountry = 'ZZ';

/** Endpoints of a channel by country, opted-out rows left out, as of the moment at which their reading began. */
export const endpointCountsSchema = z.strictObject({
  byCountry: z.record(z.string(), z.int().min(0)),
  countedAtMs: z.int().min(0),
});
export type EndpointCounts = z.infer<typeof endpointCountsSchema>;

/**
 * The counters that sizing reads. A count is set as a whole by whoever has just read every row, never added to: writing it
 * again is harmless, and no crash between a row and its counter can make it wrong for longer than until the next count.
 */
export interface EndpointCountStore {
  /** Undefined while the channel was never counted: that is no count, not zero. @throws when the count is malformed. */
  read(channel: ChannelName): Promise<EndpointCounts | undefined>;
  /** Replaces the channel's count; one that is older than that in force is dropped. */
  write(channel: ChannelName, counts: EndpointCounts): Promise<void>;
}
