import type { ChannelName } from '@quakewire/core';
import { createBareSes } from './ses.ts';
import { createBareTelegram } from './telegram.ts';
import { createBareTwilio } from './twilio.ts';
import { createBareWebhook } from './webhook.ts';

export interface BareMessage {
  address: string;
  subject: string;
  text: string;
}

/** One message by a provider's client library as it comes, and nothing else. @throws when it was not accepted. */
export type BareLibrary = (message: BareMessage) => Promise<void>;

const libraries = {
  sms: createBareTwilio,
  email: createBareSes,
  telegram: createBareTelegram,
  webhook: createBareWebhook,
} as const satisfies Record<ChannelName, (baseUrl: string) => BareLibrary>;

export const createBareLibrary = (channel: ChannelName, baseUrl: string): BareLibrary => libraries[channel](baseUrl);
