import { broadcastVariables } from '@quakewire/broadcast';
import { channelNameSchema } from '@quakewire/core';
import { commonVariables, flag, list, parseEnvironment, text } from '@quakewire/lambda-runtime';
import * as z from 'zod';

const variables = {
  ...commonVariables,
  ...broadcastVariables,
  EARTHQUAKES_TABLE: text,
  DISPATCH_TABLE: text,
  MAP_TABLE: text,
  KAFKA_BOOTSTRAP_SERVERS: text,
  KAFKA_TLS: flag,
  KAFKA_SECRET_ARN: text,
  KEYS_SECRET_ARN: text,
  /** Whether exercises are told to people. */
  TELL_EXERCISES: flag,
  CHANNELS: list.pipe(z.array(channelNameSchema)),
};

/** The ingest's variables. @throws Error that names everything that is missing or wrong, never a value. */
export const readEnvironment = (source: Record<string, string | undefined>) => parseEnvironment(variables, source);
export type IngestEnvironment = ReturnType<typeof readEnvironment>;
