import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature is over, beside the body's bytes. */
export interface Signed {
  /** The sender's own name of the post, e.g. a random id. */
  id: string;
  /** Whole seconds since the epoch. */
  timestampSeconds: number;
}

/** HMAC-SHA256 over `id.timestamp.body`, as the Standard Webhooks specification has it. */
export const digestOf = (secret: Uint8Array, { id, timestampSeconds }: Signed, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${id}.${timestampSeconds}.`).update(body).digest();

/** The headers of a signed post; header names in lower case. */
export const signedHeaders = (
  keyId: string,
  secret: Uint8Array,
  signed: Signed,
  body: Uint8Array,
): Record<string, string> => ({
  'quakewire-key': keyId,
  'webhook-id': signed.id,
  'webhook-timestamp': String(signed.timestampSeconds),
  'webhook-signature': `v1,${digestOf(secret, signed, body).toString('base64')}`,
});

/** What the headers of a post claim. */
export interface Claim extends Signed {
  keyId: string;
  /** `v1,<base64>`, several of them with spaces between. */
  signatures: string;
}

/** Undefined where a header is missing or malformed. */
export function readClaim(headers: Readonly<Record<string, string | undefined>>): Claim | undefined {
  const {
    'quakewire-key': keyId,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures,
  } = headers;
  if (!keyId || !id || !signatures || !/^\d{1,12}$/.test(timestamp ?? '')) return undefined;
  return { keyId, id, signatures, timestampSeconds: Number(timestamp) };
}

/** Whether one of the claimed signatures is `digest`. */
export const isSigned = ({ signatures }: Claim, digest: Uint8Array): boolean =>
  signatures.split(' ').some((signature) => {
    const given = Buffer.from(/^v1,(.+)$/.exec(signature)?.[1] ?? '', 'base64');
    return given.length === digest.length && timingSafeEqual(given, digest);
  });
