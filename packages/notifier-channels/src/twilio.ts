import type { Channel, Delivery } from '@quakewire/core';
import DomainModule from 'twilio/lib/base/Domain.js';
import VersionModule from 'twilio/lib/base/Version.js';
import type V2010 from 'twilio/lib/rest/api/V2010.js';
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import { deliveryBy } from './error-rule.ts';
import { createHttpPoster, type HttpAnswer } from './http/create-http-poster.ts';
import { deliveryWithoutAnswer, NoAnswer } from './http/no-answer.ts';
import { retryAfterMs } from './http/retry-after.ts';
import { twilioRule } from './twilio-errors.ts';

/** Twilio takes 1 to 36,000 s: https://www.twilio.com/docs/api/errors/90007 */
const validityPeriodSeconds = { least: 1, most: 36_000 };

export interface TwilioChannelOptions {
  accountSid: string;
  authToken: string;
  /** Phone number, short code or alphanumeric sender; `MG...` names a Messaging Service. */
  from: string;
  /** Another origin than Twilio's own, for local work. */
  baseUrl?: string;
}

/** What the library's resources ask of a client. */
interface LibraryRequest {
  uri: string;
  data: Record<string, string | number>;
  headers: Record<string, string>;
}

/** A CommonJS module's default export, whichever way the module loader or the bundler hands it over. */
const defaultOf = <Value>(module: Value): Value => (module as { default?: Value }).default ?? module;
const Domain = defaultOf(DomainModule);
const Version = defaultOf(VersionModule);

const validityPeriod = (validForSeconds: number): number =>
  Math.min(Math.max(Math.floor(validForSeconds), validityPeriodSeconds.least), validityPeriodSeconds.most);

/** Twilio has had the message, and answered something that nobody can read. */
const unreadable: Delivery = { outcome: 'ambiguous', reason: 'twilio:unreadable' };

/** The library's errors for an answer that is not 2xx carry its status and Twilio's code. */
const deliveryByError = (error: unknown, answer: HttpAnswer | undefined): Delivery => {
  if (error instanceof NoAnswer) return deliveryWithoutAnswer(error);
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (answer === undefined || typeof status !== 'number') return unreadable;
  const twilioCode = typeof code === 'number' ? code : undefined;
  const waitMs = retryAfterMs(answer.headers['retry-after'], Date.now());
  return deliveryBy(twilioRule(status, twilioCode), `twilio:${twilioCode ?? `http${status}`}`, waitMs);
};

/**
 * SMS by Twilio's Messages resource. Only that part of the library is loaded, on a connection of our own: the library's
 * HTTP client would cost 400 kB and 0.1 s at each cold start, and could not tell whether a request was written.
 */
export const createTwilioChannel = ({ accountSid, authToken, from, baseUrl }: TwilioChannelOptions): Channel => {
  const post = createHttpPoster();
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const origin = baseUrl || 'https://api.twilio.com';
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };

  return {
    name: 'sms',
    async deliver({ address, message, validForSeconds }, signal) {
      let answer: HttpAnswer | undefined;
      const client = {
        async request({ uri, data, headers }: LibraryRequest) {
          const form = new URLSearchParams(
            Object.entries(data).map(([name, value]): [string, string] => [name, String(value)]),
          );
          answer = await post(new URL(uri), { headers: { ...headers, authorization }, body: form.toString() }, signal);
          return { statusCode: answer.status, headers: answer.headers, body: answer.body };
        },
      };
      const version = new Version(new Domain(client as never, origin), '2010-04-01');
      try {
        const { sid } = await MessageListInstance(version as V2010, accountSid).create({
          ...sender,
          to: address,
          body: message.text,
          validityPeriod: validityPeriod(validForSeconds),
        });
        return sid ? { outcome: 'accepted', messageId: sid } : unreadable;
      } catch (error) {
        return deliveryByError(error, answer);
      }
    },
  };
};
