import type { ChannelName } from '@quakewire/core';
import { commonVariables, parseEnvironment, text } from '@quakewire/lambda-runtime';
import * as z from 'zod';
import { stopBaseUrlSchema } from './stop-links.ts';

/** Blank on AWS: the provider's own address. */
const baseUrl = z.union([z.literal(''), z.url()]);

const variables = (channel: ChannelName) => ({
  ...commonVariables,
  CHANNEL: z.literal(channel),
  ENDPOINTS_TABLE: text,
  MAP_TABLE: text,
  LEDGER_TABLE: text,
  DISPATCH_TABLE: text,
  ADDRESS_KEY_SECRET_ARN: text,
  PROVIDER_SECRET_ARN: text,
  PROVIDER_BASE_URL: baseUrl,
  STOP_BASE_URL: stopBaseUrlSchema,
  DEAD_LETTER_QUEUE_URL: z.url(),
});

export type ConsumerEnvironment = z.infer<z.ZodObject<ReturnType<typeof variables>>>;

/** @throws Error that names every variable that is missing or wrong, never a value. */
export const readEnvironment = (channel: ChannelName, values = process.env): ConsumerEnvironment =>
  parseEnvironment(variables(channel), values);

/** For channels that send in somebody's name: the number or address that messages come from, and SES's configuration set. */
export const readSendingEnvironment = (
  channel: ChannelName,
  values = process.env,
): ConsumerEnvironment & { SENDER: string; SES_CONFIGURATION_SET: string } =>
  parseEnvironment({ ...variables(channel), SENDER: text, SES_CONFIGURATION_SET: z.string() }, values);
