import { type PolicyInForce, type PolicyStore, readPolicyInForce } from '../alert/policy-store.ts';
import type { ChannelName } from '../channel/channel.ts';
import { type KeptCurrent, keepCurrent } from '../runtime/kept-current.ts';
import { cacheSegmentMaps } from './cache-segment-maps.ts';
import type { SegmentMapStore } from './segment-map.ts';
import type { SizingStore } from './sizing-in-force.ts';
import type { WakeUpLog } from './wake-up.ts';

/** What every alert asks for. */
export interface AskedByEveryAlert {
  maps: Pick<SegmentMapStore, 'currentVersion' | 'read'>;
  sizing: SizingStore;
  wakeUps: WakeUpLog & { resize(threads: number): Promise<void> };
}

export interface ReadAheadPorts extends AskedByEveryAlert {
  policies: Pick<PolicyStore, 'newest'>;
}

/** The same ports, answering from memory. */
export interface ReadAhead extends AskedByEveryAlert {
  /** The alert policy in force, and what is wrong with newer versions. */
  policy(): Promise<PolicyInForce>;
  /** Reads everything anew; the publishing lanes follow the sizing. */
  refresh(): Promise<void>;
}

/** Sizing, alert policy, segment maps and live partitions of the channels, kept in a function's memory. */
export function readAhead(
  channels: readonly ChannelName[],
  { maps, sizing, wakeUps, policies }: ReadAheadPorts,
): ReadAhead {
  const inForce = keepCurrent(() => sizing.read());
  const policy = keepCurrent(() => readPolicyInForce(policies));
  const perChannel = <Value>(read: (channel: ChannelName) => Promise<Value>): Map<string, KeptCurrent<Value>> =>
    new Map(channels.map((channel) => [channel, keepCurrent(() => read(channel))]));
  const versions = perChannel((channel) => maps.currentVersion(channel));
  const partitions = perChannel((channel) => wakeUps.livePartitions(channel));
  const { read } = cacheSegmentMaps(maps);

  async function refreshMap(channel: ChannelName): Promise<void> {
    const version = await versions.get(channel)?.refresh();
    if (version !== undefined) await read(channel, version);
  }

  return {
    sizing: { read: inForce.get },
    policy: policy.get,
    maps: {
      currentVersion: async (channel) => versions.get(channel)?.get(),
      read,
    },
    wakeUps: {
      ...wakeUps,
      livePartitions: async (channel) => (await partitions.get(channel)?.get()) ?? wakeUps.livePartitions(channel),
    },
    async refresh() {
      const results = await Promise.allSettled([
        inForce.refresh().then(({ producer }) => wakeUps.resize(producer.threads)),
        policy.refresh(),
        ...channels.map(refreshMap),
        ...[...partitions.values()].map((kept) => kept.refresh()),
      ]);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}
