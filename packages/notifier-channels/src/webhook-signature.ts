import { createHmac } from 'node:crypto';

const leastKeyBytes = 16;

/** Signs as the Standard Webhooks specification says: base64 HMAC-SHA256 of `id.timestamp.body`, with `v1,` before. */
export type SignWebhook = (id: string, timestampSeconds: number, body: string) => string;

/**
 * @param signingKey `whsec_` and base64, or any text
 * @throws when the key is shorter than 16 bytes
 */
export const createWebhookSigner = (signingKey: string): SignWebhook => {
  const key = signingKey.startsWith('whsec_') ? Buffer.from(signingKey.slice(6), 'base64') : Buffer.from(signingKey);
  if (key.length < leastKeyBytes) throw new Error(`signingKey: give at least ${leastKeyBytes} bytes`);
  return (id, timestampSeconds, body) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')}`;
};
