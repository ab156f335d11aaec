import { createSesChannel } from '@quakewire/notifier-channels/ses';
import * as z from 'zod';
import { composeConsumer } from './compose-consumer.ts';
import { readSendingEnvironment } from './env.ts';

const env = readSendingEnvironment('email');
// SES is signed in to by the function's role.
const secret = z.strictObject({});

export const handler = await composeConsumer(env, secret, () =>
  createSesChannel({ from: env.SENDER, configurationSet: env.SES_CONFIGURATION_SET, baseUrl: env.PROVIDER_BASE_URL }),
);
