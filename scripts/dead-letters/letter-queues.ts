import { type ChannelName, type DeadLetter, deadLetterSchema } from '@quakewire/core';
import * as z from 'zod';

/** A letter as it lies in its queue. */
export interface HeldLetter {
  channel: ChannelName;
  /** By which the queue knows this copy. */
  handle: string;
  letter: DeadLetter | UnknownLetter;
}

/** A message of a form that no part of quakewire writes: AWS's own record of a failed batch, or something put by hand. */
export interface UnknownLetter {
  type: 'unknown';
  id: string;
  /** What is wrong with it, never its content. */
  reason: string;
}

/** The dead-letter queues of an environment. */
export interface LetterQueues {
  /** Every letter, held from other readers until it is removed or released. */
  read(channels: readonly ChannelName[]): Promise<HeldLetter[]>;
  remove(held: HeldLetter): Promise<void>;
  /** Lets others read again what was not removed. */
  release(): Promise<void>;
}

/** AWS's record of a batch that it gave up names why; its metadata holds nothing of ours. */
const gaveUpSchema = z.object({ requestContext: z.object({ condition: z.string() }) });

export function parseLetter(messageId: string, body: string): HeldLetter['letter'] {
  const unknown = (reason: string): UnknownLetter => ({ type: 'unknown', id: messageId, reason });
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return unknown('not JSON');
  }
  const parsed = deadLetterSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const given = gaveUpSchema.safeParse(document);
  if (given.success) return unknown(`a batch that AWS gave up: ${given.data.requestContext.condition}`);
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || '(whole message)');
  return unknown(`not a letter of a known schema: check ${[...new Set(fields)].join(', ')}`);
}
