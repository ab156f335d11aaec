import type { Earthquake, EarthquakeStore } from '@quakewire/core';

const windowMs = 60_000;

export interface InMemoryEarthquakeStore extends EarthquakeStore {
  /** Newest revision of every earthquake. */
  all(): Earthquake[];
}

export function createInMemoryEarthquakeStore(): InMemoryEarthquakeStore {
  const newest = new Map<string, Earthquake>();
  const idsOf = (earthquake: Earthquake): string[] => earthquake.bulletins.flatMap((bulletin) => [...bulletin.ids]);
  return {
    async findCandidates(originTimeMs, ids) {
      const isCandidate = (earthquake: Earthquake): boolean =>
        Math.abs(earthquake.preferred.hypocentre.originTimeMs - originTimeMs) <= windowMs ||
        idsOf(earthquake).some((id) => ids.includes(id));
      return structuredClone([...newest.values()].filter(isCandidate));
    },
    async saveRevision(earthquake) {
      if (earthquake.revision !== (newest.get(earthquake.id)?.revision ?? 0) + 1) return false;
      newest.set(earthquake.id, structuredClone(earthquake));
      return true;
    },
    all: () => structuredClone([...newest.values()]),
  };
}
