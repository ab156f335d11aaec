import type { ChannelName } from '@quakewire/core';
import { InputError } from '@quakewire/scaling';
import * as z from 'zod';

const schemas: Readonly<Record<ChannelName, { schema: z.ZodType<string>; form: string }>> = {
  sms: { schema: z.e164(), form: 'a phone number in the international form, +40700000001' },
  email: { schema: z.email(), form: 'an e-mail address' },
  telegram: { schema: z.string().regex(/^-?\d{1,20}$/), form: 'the number of a Telegram chat' },
  webhook: { schema: z.url({ protocol: /^https?$/ }), form: 'a URL, https:// but on the local stack' },
};

/** @throws {InputError} Naming the form that it should have, never what was given. */
export function parseTestAddress(channel: ChannelName, given: string): string {
  const { schema, form } = schemas[channel];
  const parsed = schema.safeParse(given.trim());
  if (parsed.success) return parsed.data;
  throw new InputError(`standard input must hold ${form}`);
}
