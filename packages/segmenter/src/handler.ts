import type { ChannelName, EndpointCountStore, Logger, SizingInForce, SizingStore } from '@quakewire/core';
import { type PublishedMap, type PublishMapDeps, publishMap } from './publish-map.ts';

export interface HandlerDeps extends PublishMapDeps {
  channels: readonly ChannelName[];
  sizing: SizingStore;
  counts: EndpointCountStore;
  nowMs: () => number;
  logger: Logger;
}

/**
 * Started by the schedule or invoked directly; the event says nothing. Answers what is in force afterwards, channel by
 * channel. Every row was read on the way, so the counts that sizing reads are set too. One channel's failure keeps no other
 * from its map; the invocation fails at the end, so that it is seen.
 */
export function createHandler(deps: HandlerDeps): () => Promise<{ maps: PublishedMap[] }> {
  return async () => {
    const sizing = await deps.sizing.read();
    const results = await Promise.allSettled(deps.channels.map((channel) => publishAndCount(channel, sizing, deps)));
    const maps = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? result.reason : []));
    deps.logger.info({ maps }, 'segment maps checked');
    if (failures.length > 0) throw new AggregateError(failures, failures.map(messageOf).join('; '));
    return { maps };
  };
}

async function publishAndCount(channel: ChannelName, sizing: SizingInForce, deps: HandlerDeps): Promise<PublishedMap> {
  const countedAtMs = deps.nowMs();
  const map = await publishMap(channel, sizing, deps);
  await deps.counts.write(channel, { byCountry: map.byCountry, countedAtMs });
  return map;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
