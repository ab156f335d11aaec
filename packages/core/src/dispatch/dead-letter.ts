import * as z from 'zod';
import { channelNameSchema } from '../channel/channel.ts';

const undeliveredSchema = z.strictObject({
  schema: z.literal(1),
  type: z.literal('undelivered'),
  /** The page's name and its epoch: the same letter sent twice is the same letter. */
  id: z.string().min(1),
  earthquakeId: z.string().min(1),
  seq: z.number().int().min(1),
  channel: channelNameSchema,
  segmentId: z.number().int().min(0),
  page: z.number().int().min(0),
  queued: z.strictObject({ queue: z.enum(['backup', 'replay']), batch: z.number().int().min(0) }).optional(),
  /** `slot` is the endpoint's position in the page item. */
  endpoints: z.array(
    z.strictObject({
      slot: z.number().int().min(0),
      endpointId: z.string().min(1),
      reason: z.string(),
      attempts: z.number().int().min(1),
    }),
  ),
});

const poisonSchema = z.strictObject({
  schema: z.literal(1),
  type: z.literal('poison'),
  /** Topic, partition and offset. */
  id: z.string().min(1),
  channel: channelNameSchema,
  /** What is wrong, with the field's name. */
  reason: z.string(),
  /** The record's value as it came, base64. */
  payload: z.string(),
});

/** What could not be done, with all that a replay needs and no address. */
export const deadLetterSchema = z.discriminatedUnion('type', [undeliveredSchema, poisonSchema]);
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type UndeliveredLetter = z.infer<typeof undeliveredSchema>;

export interface DeadLetters {
  /** Resolves once the letter is kept. Before the page that it speaks of is settled. */
  send(letter: DeadLetter): Promise<void>;
}
