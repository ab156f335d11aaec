import type { SegmentMap, SegmentMapStore } from './segment-map.ts';

/** Maps kept a channel: the one in force, and the one before that open runs may have pinned. */
const keptVersions = 2;

/** Reads each version of a map once and keeps the newest ones: a published version never changes. */
export function cacheSegmentMaps<Store extends Pick<SegmentMapStore, 'read'>>(store: Store): Store {
  const kept = new Map<string, Promise<SegmentMap>>();
  return {
    ...store,
    read(channel, version) {
      const name = `${channel}#${version}`;
      const known = kept.get(name);
      if (known) return known;
      const reading = store.read(channel, version);
      kept.set(name, reading);
      // What could not be read is asked for again the next time.
      reading.catch(() => kept.delete(name));
      const ofChannel = [...kept.keys()].filter((other) => other.startsWith(`${channel}#`));
      for (const oldest of ofChannel.slice(0, -keptVersions)) kept.delete(oldest);
      return reading;
    },
  };
}
