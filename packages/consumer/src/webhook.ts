import { systemClock as clock } from '@quakewire/lambda-runtime';
import { createWebhookChannel } from '@quakewire/notifier-channels/webhook';
import * as z from 'zod';
import { composeConsumer } from './compose-consumer.ts';
import { createBeat } from './create-beat.ts';
import { readEnvironment } from './env.ts';

/** All of them get a heartbeat from one invocation. */
const mostReceivers = 200;

const env = readEnvironment('webhook');
const secret = z.strictObject({
  signingKey: z.string().min(16),
  /** Addresses of plants that must know at any time whether they would be warned. */
  heartbeats: z.array(z.url()).max(mostReceivers).default([]),
});

export const handler = await composeConsumer(
  env,
  secret,
  // Receivers have addresses of their own; a base address only says that they may be on this machine.
  ({ signingKey }) => createWebhookChannel({ signingKey, allowLoopback: env.PROVIDER_BASE_URL !== '' }),
  (channel, readSecretAnew, log) =>
    createBeat({ channel, readReceivers: async () => (await readSecretAnew()).heartbeats, clock, log }),
);
