import { type SegmentMap, SegmentMapGone, type SegmentMapStore } from '@quakewire/core';

/** A published map never changes: all readers share it. */
export function createInMemorySegmentMapStore(): SegmentMapStore {
  const maps = new Map<string, SegmentMap>();
  const current = new Map<string, number>();
  return {
    currentVersion: async (channel) => current.get(channel),
    async read(channel, version) {
      const map = maps.get(`${channel}#${version}`);
      if (!map) throw new SegmentMapGone(channel, version);
      return map;
    },
    async publish(map) {
      const expected = (current.get(map.channel) ?? 0) + 1;
      if (map.version !== expected)
        throw new Error(`segment map ${map.channel} version ${map.version} refused: the next version is ${expected}`);
      maps.set(`${map.channel}#${map.version}`, copyOf(map));
      current.set(map.channel, map.version);
    },
  };
}

const copyOf = (map: SegmentMap): SegmentMap => ({
  ...map,
  segments: map.segments.map((segment) => ({ ...segment, pages: [...segment.pages] })),
});
