import { isIP } from 'node:net';
import type { Channel, Delivery, Notification } from '@quakewire/core';
import { deliveryBy } from './error-rule.ts';
import { createHttpPoster } from './http/create-http-poster.ts';
import { deliveryWithoutAnswer, type NoAnswer } from './http/no-answer.ts';
import { retryAfterMs } from './http/retry-after.ts';
import { createGuardedLookup, isLoopbackIp, isPublicIp, privateAddressCode } from './public-address.ts';
import { webhookRule } from './webhook-errors.ts';
import { createWebhookSigner } from './webhook-signature.ts';

/** Receivers are many and each gets one message: their connections are not worth keeping for long. */
const idleMs = 1000;

export interface WebhookChannelOptions {
  /** Key of the signatures: `whsec_` and base64, or any text of at least 16 bytes. */
  signingKey: string;
  /** Allow receivers on this machine, also by http: for local work only. */
  allowLoopback?: boolean;
}

const refused = (reason: string): Delivery => ({ outcome: 'rejected', reason, endpointUnusable: true });

/** What receivers get. */
const bodyOf = ({ reference, message, exercise, validForSeconds }: Notification): string =>
  JSON.stringify({ schema: 1, reference, exercise, validForSeconds, subject: message.subject, text: message.text });

const deliveryByStatus = (status: number, retryAfter: string | undefined): Delivery => {
  // A receiver gives a message no id of its own.
  if (status >= 200 && status < 300) return { outcome: 'accepted', messageId: '' };
  return deliveryBy(webhookRule(status), `webhook:${status}`, retryAfterMs(retryAfter, Date.now()));
};

/**
 * Signed POSTs to subscribers' own servers (Standard Webhooks headers, `webhook-id` = the notification's reference).
 * Over our own HTTP client instead of `fetch`, which can neither check the address it connects to nor tell whether a
 * request was written.
 */
export const createWebhookChannel = ({ signingKey, allowLoopback = false }: WebhookChannelOptions): Channel => {
  const sign = createWebhookSigner(signingKey);
  const isAllowed = (ip: string) => isPublicIp(ip) || (allowLoopback && isLoopbackIp(ip));
  const post = createHttpPoster({ lookup: createGuardedLookup(isAllowed), idleMs });

  const problemOf = (url: URL | null): string | undefined => {
    if (url === null) return 'webhook:unreadableAddress';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isLocal = allowLoopback && (host === 'localhost' || (isIP(host) !== 0 && isLoopbackIp(host)));
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) return 'webhook:notHttps';
    return isIP(host) === 0 || isAllowed(host) ? undefined : 'webhook:privateAddress';
  };

  return {
    name: 'webhook',
    async deliver(notification, signal) {
      const url = URL.parse(notification.address);
      const problem = problemOf(url);
      if (url === null || problem !== undefined) return refused(problem ?? 'webhook:unreadableAddress');
      const body = bodyOf(notification);
      const timestampSeconds = Math.floor(Date.now() / 1000);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'quakewire',
        'webhook-id': notification.reference,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': sign(notification.reference, timestampSeconds, body),
        'idempotency-key': notification.reference,
      };
      try {
        const answer = await post(url, { headers, body }, signal);
        return deliveryByStatus(answer.status, answer.headers['retry-after']);
      } catch (error) {
        const failure = error as NoAnswer;
        return failure.code === privateAddressCode ? refused('webhook:privateAddress') : deliveryWithoutAnswer(failure);
      }
    },
  };
};
