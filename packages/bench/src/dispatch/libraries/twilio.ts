import type { MessageText } from '@quakewire/core';
import twilio from 'twilio';
import { account } from '../provider-account.ts';
import type { BareLibrary } from './bare-library.ts';

export function createBareTwilio({ text }: MessageText, baseUrl: string): BareLibrary {
  const client = twilio(account.accountSid, account.authToken);
  client.api.baseUrl = baseUrl;
  return async (address) => {
    await client.messages.create({ from: account.phone, to: address, body: text, validityPeriod: 3_600 });
  };
}
