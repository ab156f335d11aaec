import * as z from 'zod';

/** The channels in the order in which they are named everywhere. */
export const channelNames = ['sms', 'email', 'telegram', 'webhook'] as const;
export const channelNameSchema = z.enum(channelNames);
export type ChannelName = z.infer<typeof channelNameSchema>;

/** The words of one message, already in the subscriber's language. `html` is used by e-mail only. */
export interface MessageText {
  subject: string;
  text: string;
  html?: string;
}

/** One message to one endpoint. */
export interface Notification {
  /** Phone number in E.164, e-mail address, Telegram chat id or webhook URL. Never logged. */
  address: string;
  message: MessageText;
  /** A drill: also said in the message's first word. */
  exercise: boolean;
  /** Delivered without a sound, where the channel can; an update that changes little to whoever was told before. */
  isSilent?: boolean;
  /** Stable name of this notification (run, page and endpoint), for webhook receivers to de-duplicate by. */
  reference: string;
  /** This endpoint's own opt-out address, for the header by which mail programs offer it (RFC 8058); e-mail only. */
  unsubscribeUrl?: string;
  /** How long the message is still useful, in seconds from now: the provider must not deliver it later. */
  validForSeconds: number;
}

/**
 * What is known after one provider call.
 * - `accepted`: the provider took it; `messageId` is the provider's own id.
 * - `rejected`: definite and permanent; `endpointUnusable` when this address can never be reached (blocked, invalid).
 * - `transient` and `throttled`: definitely not sent; another attempt may succeed after `retryAfterMs`.
 * - `ambiguous`: the request was written and no answer came: it may have been sent.
 */
export type Delivery =
  | { outcome: 'accepted'; messageId: string }
  | { outcome: 'rejected'; reason: string; endpointUnusable: boolean }
  | { outcome: 'transient'; reason: string; retryAfterMs?: number }
  | { outcome: 'throttled'; reason: string; retryAfterMs?: number }
  | { outcome: 'ambiguous'; reason: string };

/** A way to reach people through one provider account. No provider's words leave the adapter. */
export interface Channel {
  readonly name: ChannelName;
  /** Sends one message. Never throws; an abort after the request was written is `ambiguous`, before it `transient`. */
  deliver(notification: Notification, signal: AbortSignal): Promise<Delivery>;
}
