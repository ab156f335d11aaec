import twilio from 'twilio';
import { account } from '../provider-account.ts';
import type { BareLibrary } from './bare-message.ts';

export function createBareTwilio(baseUrl: string): BareLibrary {
  const client = twilio(account.accountSid, account.authToken);
  client.api.baseUrl = baseUrl;
  return async ({ address, text }) => {
    await client.messages.create({ from: account.phone, to: address, body: text, validityPeriod: 3_600 });
  };
}
