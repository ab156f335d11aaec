import type { Clock, Logger } from '@quakewire/core';
import * as z from 'zod';

/** Fewer bytes could be guessed. */
const leastSecretBytes = 32;

const keySchema = z.strictObject({
  secret: z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length >= leastSecretBytes),
  /** Whose key it is: policy may believe one network more than another. */
  network: z.string().regex(/^[a-z][a-z0-9]{0,19}$/),
  /** What is signed with it is an exercise, whatever a post says. */
  exercise: z.boolean(),
});
export type IngestKey = z.infer<typeof keySchema>;

/** The secret `ingest-keys`: several at once, so that one can be replaced by another without a gap. */
export const ingestKeysSchema = z.strictObject({ keys: z.record(z.string().regex(/^[\w.-]{1,40}$/), keySchema) });
export type IngestKeys = z.infer<typeof ingestKeysSchema>;

/** Answers the key of an id, undefined where there is none. */
export type KeyRing = (keyId: string) => Promise<IngestKey | undefined>;

/** A key that was put or withdrawn is heeded after this long. */
const keptMs = 60_000;

/** Keys from memory, read anew when they are older than a minute; while they cannot be read the old ones stay. */
export function createKeyRing(read: () => Promise<IngestKeys>, clock: Clock, logger: Logger): KeyRing {
  let kept: { keys: IngestKeys['keys']; readAtMs: number } | undefined;

  async function current(): Promise<IngestKeys['keys']> {
    // The time of day: a frozen environment's monotonic clock may have stood still.
    const nowMs = clock.wallMs();
    if (kept && nowMs - kept.readAtMs < keptMs) return kept.keys;
    try {
      kept = { keys: (await read()).keys, readAtMs: nowMs };
    } catch (error) {
      if (!kept) throw error;
      logger.error({ error: (error as Error).message }, 'keys not read anew');
    }
    return kept.keys;
  }

  return async (keyId) => {
    const keys = await current();
    return Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  };
}
