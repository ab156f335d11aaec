import { createTelegramChannel } from '@quakewire/notifier-channels/telegram';
import * as z from 'zod';
import { composeConsumer } from './compose-consumer.ts';
import { readEnvironment } from './env.ts';

const env = readEnvironment('telegram');
const secret = z.strictObject({ botToken: z.string().min(1) });

export const handler = await composeConsumer(env, secret, ({ botToken }) =>
  createTelegramChannel({ botToken, baseUrl: env.PROVIDER_BASE_URL }),
);
