import { aftershockOf, type Earthquake, type EarthquakeStore, mainshockOf } from '@quakewire/core';

const windowMs = 60_000;
const bucketMs = 600_000;

export interface InMemoryEarthquakeStore extends EarthquakeStore {
  /** Newest revision of every earthquake. */
  all(): Earthquake[];
}

/** Keeps the newest revisions only, found by time bucket and by source id as in the table. */
export function createInMemoryEarthquakeStore(): InMemoryEarthquakeStore {
  const newest = new Map<string, Earthquake>();
  const inBucket = new Map<number, Set<string>>();
  const withId = new Map<string, Set<string>>();
  const mainshocks = new Set<string>();

  const bucketOf = (timeMs: number): number => Math.floor(timeMs / bucketMs);
  const bucketsAround = (timeMs: number): number[] => [
    ...new Set([timeMs - windowMs, timeMs, timeMs + windowMs].map(bucketOf)),
  ];
  const heldBy = (bucket: number): number => inBucket.get(bucket)?.size ?? 0;

  function write(earthquake: Earthquake): true {
    newest.set(earthquake.id, structuredClone(earthquake));
    point(inBucket, bucketOf(earthquake.preferred.hypocentre.originTimeMs), earthquake.id);
    for (const { ids } of earthquake.bulletins) for (const id of ids) point(withId, id, earthquake.id);
    if (mainshockOf(earthquake)) mainshocks.add(earthquake.id);
    else mainshocks.delete(earthquake.id);
    return true;
  }

  return {
    async lookAround(originTimeMs, ids) {
      const buckets = bucketsAround(originTimeMs);
      const isNear = (id: string): boolean =>
        Math.abs((newest.get(id)?.preferred.hypocentre.originTimeMs ?? 0) - originTimeMs) <= windowMs;
      const near = buckets.flatMap((bucket) => [...(inBucket.get(bucket) ?? [])]).filter(isNear);
      const named = ids.flatMap((id) => [...(withId.get(id) ?? [])]);
      const found = [...new Set([...near, ...named])].map((id) => newest.get(id)).filter((one) => one !== undefined);
      return {
        earthquakes: structuredClone(found),
        held: Object.fromEntries(buckets.map((bucket) => [String(bucket), heldBy(bucket)])),
      };
    },
    read: async (earthquakeId) => structuredClone(newest.get(earthquakeId)),
    async create(earthquake, { held }) {
      if (newest.has(earthquake.id) || earthquake.revision !== 1) return false;
      if (Object.entries(held).some(([bucket, count]) => heldBy(Number(bucket)) !== count)) return false;
      return write(earthquake);
    },
    async saveRevision(earthquake) {
      const stored = newest.get(earthquake.id);
      return stored?.revision === earthquake.revision - 1 && write(earthquake);
    },
    async listMainshocks(sinceMs) {
      const all = [...mainshocks].map((id) => newest.get(id)).filter((one) => one !== undefined);
      return all
        .flatMap((one) => mainshockOf(one) ?? [])
        .filter(({ hypocentre }) => hypocentre.originTimeMs >= sinceMs);
    },
    async listAftershocks(sinceMs) {
      return [...newest.values()]
        .flatMap((one) => aftershockOf(one) ?? [])
        .filter(({ hypocentre }) => hypocentre.originTimeMs >= sinceMs);
    },
    all: () => structuredClone([...newest.values()]),
  };
}

function point<Key>(index: Map<Key, Set<string>>, key: Key, earthquakeId: string): void {
  const ids = index.get(key) ?? new Set();
  index.set(key, ids.add(earthquakeId));
}
