import type { ChannelName, MessageText } from '@quakewire/core';
import type { BareLibrary } from './bare-library.ts';
import { createBareSes } from './ses.ts';
import { createBareTelegram } from './telegram.ts';
import { createBareTwilio } from './twilio.ts';
import { createBareWebhook } from './webhook.ts';

const libraries = {
  sms: createBareTwilio,
  email: createBareSes,
  telegram: createBareTelegram,
  webhook: createBareWebhook,
} as const satisfies Record<ChannelName, (message: MessageText, baseUrl: string) => BareLibrary>;

/** @param message what everybody is told. */
export const createBareLibrary = (channel: ChannelName, message: MessageText, baseUrl: string): BareLibrary =>
  libraries[channel](message, baseUrl);
