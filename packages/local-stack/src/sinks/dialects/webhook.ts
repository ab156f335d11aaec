import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Dialect, json, type SinkRequest } from './dialect.ts';

/** Verifies as a receiver would: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const isSigned = ({ headers, body }: SinkRequest, key: Buffer): boolean => {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  const given = Buffer.from(String(headers['webhook-signature'] ?? ''));
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** A receiver reads our own body (schema 1); any other has no text. */
const textOf = (body: string): string => {
  try {
    return String(JSON.parse(body).text ?? '');
  } catch {
    return '';
  }
};

const keyBytes = (signingKey: string): Buffer =>
  signingKey.startsWith('whsec_') ? Buffer.from(signingKey.slice(6), 'base64') : Buffer.from(signingKey);

/** Any receiver of our webhooks. @param signingKey as in the sender's secret; without it signatures are not verified */
export const createWebhookDialect = (signingKey: string | undefined): Dialect => {
  const key = signingKey === undefined ? undefined : keyBytes(signingKey);
  return {
    understand(request) {
      const reference = request.headers['webhook-id'];
      if (request.method !== 'POST') return { kind: 'malformed', answer: json(405, { error: 'POST only' }) };
      if (typeof reference !== 'string')
        return { kind: 'malformed', answer: json(400, { error: 'webhook-id missing' }) };
      if (key && !isSigned(request, key)) return { kind: 'malformed', answer: json(401, { error: 'wrong signature' }) };
      return {
        kind: 'message',
        to: `http://${request.headers.host}${request.path}`,
        text: textOf(request.body),
        reference,
      };
    },
    messageId: (number) => String(number),
    accepted: () => ({ status: 204, headers: {}, body: '' }),
    rejected: () => json(410, { error: 'gone' }),
    throttled: (waitMs) =>
      json(429, { error: 'too many requests' }, { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) }),
    failed: () => json(500, { error: 'internal error' }),
  };
};
