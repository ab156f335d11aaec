import type { ChannelName, MessageText } from '@quakewire/core';
import { createBareSes } from './ses.ts';
import { createBareTelegram } from './telegram.ts';
import { createBareTwilio } from './twilio.ts';
import { createBareWebhook } from './webhook.ts';

/** One message by a provider's client library as it comes, and nothing else. @throws when it was not accepted. */
export type BareLibrary = (address: string) => Promise<void>;

const libraries = {
  sms: createBareTwilio,
  email: createBareSes,
  telegram: createBareTelegram,
  webhook: createBareWebhook,
} as const satisfies Record<ChannelName, (message: MessageText, baseUrl: string) => BareLibrary>;

/** @param message what everybody is told. */
export const createBareLibrary = (channel: ChannelName, message: MessageText, baseUrl: string): BareLibrary =>
  libraries[channel](message, baseUrl);
