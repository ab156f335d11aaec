import { channelNameSchema } from '@quakewire/core';
import { commonVariables, flag, list, parseEnvironment, text, wholeNumber } from '@quakewire/lambda-runtime';
import * as z from 'zod';
import { allowedAddress } from './sources/allowed-address.ts';

const variables = {
  ...commonVariables,
  EARTHQUAKES_TABLE: text,
  DISPATCH_TABLE: text,
  MAP_TABLE: text,
  LEDGER_TABLE: text,
  KAFKA_BOOTSTRAP_SERVERS: text,
  KAFKA_TLS: flag,
  KAFKA_SECRET_ARN: text,
  CHANNELS: list.pipe(z.array(channelNameSchema)),
  USGS_FEED_URL: text,
  EMSC_WEBSOCKET_URL: text,
  FEED_HOSTS: list,
  LOOP_SECONDS: wholeNumber,
};

/** The producer's variables. @throws Error that names everything that is missing or wrong, never a value. */
export function readEnvironment(source: Record<string, string | undefined>) {
  const environment = parseEnvironment(variables, source);
  return {
    ...environment,
    usgsFeed: allowedAddress(environment.USGS_FEED_URL, 'USGS_FEED_URL', environment.FEED_HOSTS),
    emscSocket: allowedAddress(environment.EMSC_WEBSOCKET_URL, 'EMSC_WEBSOCKET_URL', environment.FEED_HOSTS),
  };
}
export type ProducerEnvironment = ReturnType<typeof readEnvironment>;
