import { longestStopUrlCharacters } from '@quakewire/core';
import * as z from 'zod';

/** An endpoint id is 8 bytes. */
const tokenCharacters = 11;

/**
 * Where the page that ends subscriptions is, with the slash that a token follows; blank: nowhere. What does not leave room
 * for the token in one text message stops the function at its start.
 */
export const stopBaseUrlSchema = z.union([
  z.literal(''),
  z
    .url({ protocol: /^https$/ })
    .endsWith('/')
    .max(longestStopUrlCharacters - tokenCharacters),
]);

/**
 * The address by which one click ends an endpoint's subscription: its id in base64url. The id is the secret, 48 of its bits
 * are random: a signature beside it would not fit into a text message.
 * @param baseUrl as `stopBaseUrlSchema` has it.
 * @returns undefined where there is no such page.
 */
export const createStopLinks = (baseUrl: string): ((endpointId: string) => string) | undefined =>
  baseUrl === '' ? undefined : (endpointId) => `${baseUrl}${Buffer.from(endpointId, 'hex').toString('base64url')}`;
