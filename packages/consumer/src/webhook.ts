import { createWebhookChannel } from '@quakewire/notifier-channels/webhook';
import * as z from 'zod';
import { composeConsumer } from './compose-consumer.ts';
import { readEnvironment } from './env.ts';

const env = readEnvironment('webhook');
const secret = z.strictObject({ signingKey: z.string().min(16) });

// Receivers have addresses of their own; a base address only says that they may be on this machine.
export const handler = await composeConsumer(env, secret, ({ signingKey }) =>
  createWebhookChannel({ signingKey, allowLoopback: env.PROVIDER_BASE_URL !== '' }),
);
