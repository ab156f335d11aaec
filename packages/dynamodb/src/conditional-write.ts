import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-values.ts';

/** The answer to a write with a condition; `found` is the item as it was (undefined: none). */
export type Conditional<Answer> = { held: true; answer: Answer } | { held: false; found: Item | undefined };

/** Turns a failed condition into an answer. The call must ask for `ALL_OLD` on failure when `found` matters. */
export async function conditional<Answer>(call: Promise<Answer>): Promise<Conditional<Answer>> {
  try {
    return { held: true, answer: await call };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { held: false, found: error.Item };
    throw error;
  }
}

/**
 * A refusal that will not change by asking again (wrong request, missing right, missing table). Everything else, throttling
 * and time-outs included, leaves open whether an attempt was applied.
 */
export function isFinalRefusal(error: unknown): boolean {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && !/Throttl|ThroughputExceeded|LimitExceeded|TransactionConflict/.test(name);
}
