import { createTwilioChannel } from '@quakewire/notifier-channels/twilio';
import * as z from 'zod';
import { composeConsumer } from './compose-consumer.ts';
import { readSendingEnvironment } from './env.ts';

const env = readSendingEnvironment('sms');
const secret = z.strictObject({ accountSid: z.string().min(1), authToken: z.string().min(1) });

export const handler = await composeConsumer(env, secret, (credentials) =>
  createTwilioChannel({ ...credentials, from: env.SENDER, baseUrl: env.PROVIDER_BASE_URL }),
);
