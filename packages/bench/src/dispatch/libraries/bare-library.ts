import type { ChannelName } from '@quakewire/core';
import type { BareLibrary } from './bare-message.ts';
import { createBareSes } from './ses.ts';
import { createBareTelegram } from './telegram.ts';
import { createBareTwilio } from './twilio.ts';
import { createBareWebhook } from './webhook.ts';

const libraries = {
  sms: createBareTwilio,
  email: createBareSes,
  telegram: createBareTelegram,
  webhook: createBareWebhook,
} as const satisfies Record<ChannelName, (baseUrl: string) => BareLibrary>;

export const createBareLibrary = (channel: ChannelName, baseUrl: string): BareLibrary => libraries[channel](baseUrl);
