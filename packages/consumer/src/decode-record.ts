import { type ChannelName, type DispatchMessage, dispatchMessageSchema } from '@quakewire/core';

/** A Kafka record's message, or what is wrong with it by the field's name. */
export type Decoded = { message: DispatchMessage } | { problem: string };

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** @param value the record's value as the event source hands it over: base64. */
export function decodeRecord(value: string | undefined, channel: ChannelName): Decoded {
  if (!value) return { problem: 'value: is empty' };
  if (value.length % 4 !== 0 || !base64.test(value)) return { problem: 'value: is not base64' };
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(value, 'base64').toString('utf8'));
  } catch {
    return { problem: 'value: is not JSON' };
  }
  const parsed = dispatchMessageSchema.safeParse(document);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.') || '(whole value)');
    return { problem: `not a message of a known schema: check ${[...new Set(fields)].join(', ')}` };
  }
  if (parsed.data.channel !== channel) return { problem: `channel: is not ${channel}` };
  return { message: parsed.data };
}
