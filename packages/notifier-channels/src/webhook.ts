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

/** A channel that can also show a receiver that it lives. */
export interface WebhookChannel extends Channel {
  /** A signed POST that tells of nothing: a receiver that misses some knows that it would hear of no earthquake either. */
  beat(address: string, signal: AbortSignal): Promise<Delivery>;
}

const refused = (reason: string): Delivery => ({ outcome: 'rejected', reason, endpointUnusable: true });

/** What receivers get. */
const bodyOf = ({ reference, message, exercise, validForSeconds }: Notification): string =>
  JSON.stringify({ schema: 1, reference, exercise, validForSeconds, subject: message.subject, text: message.text });
const beatBody = (sentAtMs: number): string =>
  JSON.stringify({ schema: 1, heartbeat: true, sentAt: new Date(sentAtMs).toISOString() });

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
export const createWebhookChannel = ({ signingKey, allowLoopback = false }: WebhookChannelOptions): WebhookChannel => {
  const sign = createWebhookSigner(signingKey);
  const isLocal = (host: string): boolean =>
    allowLoopback && (host === 'localhost' || (isIP(host) !== 0 && isLoopbackIp(host)));
  const post = createHttpPoster({ lookup: createGuardedLookup((ip) => isPublicIp(ip) || isLocal(ip)), idleMs });

  const problemOf = (url: URL | null): string | undefined => {
    if (url === null) return 'webhook:unreadableAddress';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isLocal(host)) return /^https?:$/.test(url.protocol) ? undefined : 'webhook:notHttps';
    if (url.protocol !== 'https:') return 'webhook:notHttps';
    return isIP(host) === 0 || isPublicIp(host) ? undefined : 'webhook:privateAddress';
  };

  /** @param id recognised by receivers when it comes again. */
  async function send(address: string, id: string, body: string, signal: AbortSignal): Promise<Delivery> {
    const url = URL.parse(address);
    const problem = problemOf(url);
    if (url === null || problem !== undefined) return refused(problem ?? 'webhook:unreadableAddress');
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'quakewire',
      'webhook-id': id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': sign(id, timestampSeconds, body),
      'idempotency-key': id,
    };
    try {
      const answer = await post(url, { headers, body }, signal);
      return deliveryByStatus(answer.status, answer.headers['retry-after']);
    } catch (error) {
      const failure = error as NoAnswer;
      return failure.code === privateAddressCode ? refused('webhook:privateAddress') : deliveryWithoutAnswer(failure);
    }
  }

  return {
    name: 'webhook',
    deliver: (notification, signal) => send(notification.address, notification.reference, bodyOf(notification), signal),
    beat(address, signal) {
      const sentAtMs = Date.now();
      return send(address, `heartbeat/${sentAtMs}`, beatBody(sentAtMs), signal);
    },
  };
};
