import { channelNameSchema } from '@quakewire/core';
import { commonVariables, list, parseEnvironment, text } from '@quakewire/lambda-runtime';
import * as z from 'zod';

/** The segmenter's variables. @throws Error that names all that are missing or wrong. */
export function readEnvironment(variables: Record<string, string | undefined>) {
  return parseEnvironment(
    {
      ...commonVariables,
      ENDPOINTS_TABLE: text,
      MAP_TABLE: text,
      DISPATCH_TABLE: text,
      CHANNELS: list.pipe(z.array(channelNameSchema)),
    },
    variables,
  );
}
