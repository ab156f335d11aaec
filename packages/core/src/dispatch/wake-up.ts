import * as z from 'zod';
import { channelNameSchema } from '../channel/channel.ts';

/** The newest schema version that this code writes and the only one it reads. */
export const messageSchemaVersion = 1;

/** More than any earthquake, run or segment has: what exceeds them is no wake-up of ours. */
const mostAlerts = 9_999;
const mostSegments = 65_536;
const mostWorkersPerSegment = 100;

const wakeUpSchema = z.object({
  schema: z.literal(messageSchemaVersion),
  type: z.literal('wakeUp'),
  earthquakeId: z.string().min(1).max(64),
  seq: z.number().int().min(1).max(mostAlerts),
  channel: channelNameSchema,
  /** Position of the segment in the run's order, nearest first, from 0. */
  segment: z
    .number()
    .int()
    .min(0)
    .max(mostSegments - 1),
  /** Which of the segment's workers this is, from 0. */
  rank: z
    .number()
    .int()
    .min(0)
    .max(mostWorkersPerSegment - 1),
});

/** Keeps one environment a partition warm; carries no work. */
const heartbeatSchema = z.object({
  schema: z.literal(messageSchemaVersion),
  type: z.literal('heartbeat'),
  channel: channelNameSchema,
});

/**
 * A record of topic `dispatch.<channel>`. Unknown fields are dropped, so that producer and consumer may be deployed
 * apart; an unknown schema version or type is refused and becomes a dead letter.
 */
export const dispatchMessageSchema = z.discriminatedUnion('type', [wakeUpSchema, heartbeatSchema]);
export type DispatchMessage = z.infer<typeof dispatchMessageSchema>;
/** Starts a worker near a segment; it assigns nothing. */
export type WakeUp = z.infer<typeof wakeUpSchema>;

/** Topic of a channel's wake-ups. */
export const dispatchTopic = (channel: string): string => `dispatch.${channel}`;

/** One message and the partition it must go to. */
export interface PartitionedMessage {
  partition: number;
  message: DispatchMessage;
}

/** Where wake-ups are published. */
export interface WakeUpLog {
  /** Partitions that the channel's topic has now. */
  livePartitions(channel: string): Promise<number>;
  /**
   * Publishes to explicit partitions and resolves only when each partition that was written to has acknowledged.
   * @throws when a partition did not acknowledge after a refresh of the metadata.
   */
  publish(channel: string, messages: readonly PartitionedMessage[]): Promise<void>;
}
