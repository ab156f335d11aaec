import type { PlacedKey } from '@quakewire/core';

/** Counts rows by country as they come, opted-out rows left out. */
export function createCountryCounts() {
  const counts: Record<string, number> = {};
  return {
    add({ country, optedOut }: Pick<PlacedKey, 'country' | 'optedOut'>): void {
      if (!optedOut) counts[country] = (counts[country] ?? 0) + 1;
    },
    byCountry: (): Record<string, number> => counts,
  };
}
