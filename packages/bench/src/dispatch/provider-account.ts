import type { Channel, ChannelName } from '@quakewire/core';
import { createSesChannel } from '@quakewire/notifier-channels/ses';
import { createTelegramChannel } from '@quakewire/notifier-channels/telegram';
import { createTwilioChannel } from '@quakewire/notifier-channels/twilio';
import { createWebhookChannel } from '@quakewire/notifier-channels/webhook';

/** What the sinks take for an account. */
export const account = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'token',
  phone: '+40700000000',
  email: 'Quakewire <alerts@example.org>',
  region: 'eu-central-1',
  aws: { accessKeyId: 'local', secretAccessKey: 'local' },
  botToken: '1:local',
  signingKey: 'a key for benchmarks only',
} as const;

/** The product's own channel, against a sink. */
export function createProductChannel(name: ChannelName, baseUrl: string): Channel {
  const { accountSid, authToken, phone, email, region, aws, botToken, signingKey } = account;
  switch (name) {
    case 'sms':
      return createTwilioChannel({ accountSid, authToken, from: phone, baseUrl });
    case 'email':
      return createSesChannel({ from: email, baseUrl, client: { region, credentials: aws } });
    case 'telegram':
      return createTelegramChannel({ botToken, baseUrl });
    case 'webhook':
      return createWebhookChannel({ signingKey, allowLoopback: true });
  }
}

/** The address of the n-th person on a channel. */
export function addressOf(name: ChannelName, number: number, baseUrl: string): string {
  switch (name) {
    case 'sms':
      return `+4070${String(number).padStart(7, '0')}`;
    case 'email':
      return `person${number}@example.org`;
    case 'telegram':
      return String(9_000_000_000 + number);
    case 'webhook':
      return `${baseUrl}/hooks/${number}`;
  }
}
