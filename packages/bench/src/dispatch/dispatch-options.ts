import { parseArgs } from 'node:util';
import { type ChannelName, channelNames } from '@quakewire/core';

export interface DispatchOptions {
  channels: readonly ChannelName[];
  /** Ascending. */
  endpoints: readonly number[];
  /** The sinks' answer times. */
  latenciesMs: readonly number[];
  /** How often ours and the bare loops are measured at the smallest number of endpoints; once at the others. */
  rounds: number;
  isJson: boolean;
}

/** @throws for an option that it does not know or cannot use; the message names it. */
export function readDispatchOptions(args: readonly string[]): DispatchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      endpoints: { type: 'string', default: '10000,100000' },
      latency: { type: 'string', default: '0,50' },
      channel: { type: 'string', default: channelNames.join(',') },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const [rounds = 0] = wholeNumbers('--rounds', values.rounds, 1, 99);
  return {
    channels: values.channel.split(',').map(channelOf),
    endpoints: wholeNumbers('--endpoints', values.endpoints, 1_000, 1_000_000).sort((a, b) => a - b),
    latenciesMs: wholeNumbers('--latency', values.latency, 0, 10_000),
    rounds,
    isJson: values.json,
  };
}

function wholeNumbers(option: string, text: string, least: number, most: number): number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (part.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`${option} ${text}: whole numbers from ${least} to ${most} are needed, separated by commas`);
  });
}

function channelOf(text: string): ChannelName {
  const channel = channelNames.find((name) => name === text);
  if (channel) return channel;
  throw new Error(`--channel ${text}: one or more of ${channelNames.join(', ')} are needed, separated by commas`);
}
