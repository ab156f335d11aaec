import { concerns, type EndpointDirectory, highestSortKey, lowestSortKey, openingEntries } from '@quakewire/core';
import type { Scenario } from '@quakewire/simulation/world';
import { anAlert } from '@quakewire/testing';
import type { Fate } from './fate.ts';

/** How one world ended for one design. */
export interface Ended {
  /** Of everybody who was to be told, once an alert. */
  fates: Fate[];
  /** From the last alert until all was closed and every worker gone; undefined when it never was. */
  lastedMs: number | undefined;
}

/** Whom every alert of a world concerns, by the product's own rule. */
export async function toBeTold(
  { readRange }: Pick<EndpointDirectory, 'readRange'>,
  { cells }: Scenario,
): Promise<string[]> {
  const ranges = Array.from({ length: cells }, (_, at) => ({
    cell: `c${at}`,
    from: lowestSortKey,
    to: highestSortKey,
  }));
  const rows = (await Promise.all(ranges.map((range) => readRange('sms', range)))).flat();
  const entries = openingEntries(rows, anAlert({ issuedAtMs: Date.now() }), { concerns });
  return entries.flatMap(({ endpointId, outcome }) => (outcome === 'open' ? [endpointId] : []));
}
