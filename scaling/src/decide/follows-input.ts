import type { Reason } from './reason.ts';
import type { ChannelCapacity } from './sizing.ts';

const settledFields: readonly string[] = ['activePartitions', 'segmentEndpoints', 'warmWorkers'];

/** Names the fields that moved although nothing settled did: they follow live values, rates or the policy. */
export function followsInput(channel: string, previous: ChannelCapacity | null, next: ChannelCapacity): Reason[] {
  if (previous === null) return [];
  const names = Object.keys(next) as (keyof ChannelCapacity)[];
  const fields = names.filter((field) => previous[field] !== next[field]).sort();
  if (fields.length === 0 || fields.some((field) => settledFields.includes(field))) return [];
  return [{ code: 'FOLLOWS_INPUT', channel, fields }];
}
