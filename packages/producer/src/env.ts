import { broadcastVariables } from '@quakewire/broadcast';
import { channelNameSchema } from '@quakewire/core';
import { commonVariables, flag, list, parseEnvironment, text, wholeNumber } from '@quakewire/lambda-runtime';
import * as z from 'zod';
import { allowedAddress } from './sources/allowed-address.ts';

const variables = {
  ...commonVariables,
  ...broadcastVariables,
  EARTHQUAKES_TABLE: text,
  DISPATCH_TABLE: text,
  MAP_TABLE: text,
  LEDGER_TABLE: text,
  KAFKA_BOOTSTRAP_SERVERS: text,
  KAFKA_TLS: flag,
  KAFKA_SECRET_ARN: text,
  CHANNELS: list.pipe(z.array(channelNameSchema)),
  USGS_FEED_URL: text,
  USGS_EVENT_URL: text,
  EMSC_WEBSOCKET_URL: text,
  EMSC_EVENT_URL: text,
  /** Blank: off. */
  INFP_STREAM_URL: z.string(),
  FEED_HOSTS: list,
  LOOP_SECONDS: wholeNumber,
};

type FeedVariable = 'USGS_FEED_URL' | 'USGS_EVENT_URL' | 'EMSC_WEBSOCKET_URL' | 'EMSC_EVENT_URL' | 'INFP_STREAM_URL';

/** The producer's variables. @throws Error that names everything that is missing or wrong, never a value. */
export function readEnvironment(source: Record<string, string | undefined>) {
  const environment = parseEnvironment(variables, source);
  const address = (variable: FeedVariable): URL =>
    allowedAddress(environment[variable], variable, environment.FEED_HOSTS);
  return {
    ...environment,
    feeds: {
      usgs: { summary: address('USGS_FEED_URL'), events: address('USGS_EVENT_URL') },
      emsc: { socket: address('EMSC_WEBSOCKET_URL'), events: address('EMSC_EVENT_URL') },
      infp: environment.INFP_STREAM_URL === '' ? undefined : { stream: address('INFP_STREAM_URL') },
    },
  };
}
export type ProducerEnvironment = ReturnType<typeof readEnvironment>;
