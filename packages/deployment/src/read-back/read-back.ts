import type { SizingInForce } from '@quakewire/core';
import type { ChannelTfvars, Tfvars } from '@quakewire/scaling';
import type { LiveConsumer, LiveConsumers } from './live-consumer.ts';

export interface ReadBackPorts {
  consumers: LiveConsumers;
  /** From the broker, by topic. */
  livePartitions(topics: string[]): Promise<Record<string, number>>;
  /** What producer and consumers read. */
  sizing(): Promise<SizingInForce>;
  say(sentence: string): void;
}

/** A sizing run must not be blamed for a version that a person put in service in an emergency. */
export interface ReadBackOptions {
  expectNewestCode: boolean;
}

/**
 * Reads back what is really in force after an apply, and compares it with the scaling file. A batching window that is
 * not 0 is closed here.
 * @returns One sentence for each difference; none when everything is as it should be.
 */
export async function readBack(
  { scaling }: Tfvars,
  { expectNewestCode }: ReadBackOptions,
  ports: ReadBackPorts,
): Promise<string[]> {
  const channels = Object.entries(scaling.channels);
  const [partitions, sizing, ...consumers] = await Promise.all([
    ports.livePartitions(channels.map(([name]) => `dispatch.${name}`)),
    ports.sizing(),
    ...channels.map(([name]) => readConsumer(name, ports)),
  ]);
  return channels.flatMap(([name, wanted], index) => {
    const consumer = consumers[index] as LiveConsumer;
    const expected = [
      ...topicAndSizing(wanted, partitions[`dispatch.${name}`], sizing.channels[name]),
      ...mapping(wanted, consumer),
      ...capacity(wanted, consumer),
      ...alias(consumer, expectNewestCode),
    ];
    return expected
      .filter(({ live, want }) => live !== want)
      .map(({ what, live, want }) => `${name}: ${what} is ${live ?? 'none'}, not ${want ?? 'none'}.`);
  });
}

async function readConsumer(channel: string, { consumers, say }: ReadBackPorts): Promise<LiveConsumer> {
  const first = await consumers.read(channel);
  if (first.mapping.batchingWindowSeconds === 0) return first;
  say(`${channel}: setting the batching window of its mapping to 0.`);
  await consumers.closeBatchingWindow(channel);
  return await consumers.read(channel);
}

interface Expectation {
  what: string;
  live: string | number | boolean | null | undefined;
  want: string | number | boolean | null;
}

function topicAndSizing(
  wanted: ChannelTfvars,
  partitions: number | undefined,
  sizing: SizingInForce['channels'][string] | undefined,
): Expectation[] {
  return [
    { what: 'the number of partitions', live: partitions, want: wanted.partitions },
    { what: 'activePartitions of the sizing item', live: sizing?.activePartitions, want: wanted.active_partitions },
    { what: 'segmentEndpoints of the sizing item', live: sizing?.segmentEndpoints, want: wanted.segment_endpoints },
    {
      what: 'maxWorkersPerSegment of the sizing item',
      live: sizing?.maxWorkersPerSegment,
      want: wanted.max_workers_per_segment,
    },
  ];
}

function mapping(wanted: ChannelTfvars, { mapping: live }: LiveConsumer): Expectation[] {
  // A channel that a person disabled stays so.
  const state = live.state === 'Disabled' ? 'Disabled' : 'Enabled';
  return [
    { what: "the mapping's state", live: live.state, want: state },
    { what: 'that the mapping calls the alias live', live: live.isOnAlias, want: true },
    { what: 'the batching window', live: live.batchingWindowSeconds, want: 0 },
    { what: 'minimum pollers', live: live.minimumPollers, want: wanted.minimum_pollers },
    { what: 'maximum pollers', live: live.maximumPollers, want: wanted.maximum_pollers },
  ];
}

function capacity(wanted: ChannelTfvars, live: LiveConsumer): Expectation[] {
  const warm = { what: 'the number of warm workers', live: live.warmWorkers, want: wanted.warm_workers };
  // A small account may reserve nothing at all: its environment says so.
  if (live.reservedConcurrency === null) return [warm];
  return [warm, { what: 'reserved concurrency', live: live.reservedConcurrency, want: wanted.reserved_concurrency }];
}

function alias({ alias: { isNewest, hasWeights } }: LiveConsumer, expectNewestCode: boolean): Expectation[] {
  const whole = { what: 'that the alias sends part of its calls elsewhere', live: hasWeights, want: false };
  return expectNewestCode
    ? [whole, { what: 'that the alias serves the newest code', live: isNewest, want: true }]
    : [whole];
}
