import type { Entry } from '@quakewire/core';
import type { PlainEndpoint, SinkMessage } from '@quakewire/demo';

/** What became of everybody whom an alert concerned. */
export interface Told {
  concerned: number;
  told: number;
  /** May have been told: a process died between the provider's acceptance and the ledger. */
  unknown: number;
  /** Addresses that nobody told and nobody marked, or that were told twice without a mark. */
  broken: string[];
}

/** Holds the ledger's entries of an alert against the messages of the sinks, by address. */
export function judgeTold(
  concerned: readonly PlainEndpoint[],
  entries: readonly Pick<Entry, 'endpointId' | 'outcome'>[],
  messages: readonly Pick<SinkMessage, 'to'>[],
): Told {
  const outcomes = new Map(entries.map(({ endpointId, outcome }) => [endpointId, outcome]));
  const arrivals = new Map<string, number>();
  for (const { to } of messages) arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
  const result: Told = { concerned: concerned.length, told: 0, unknown: 0, broken: [] };
  for (const { id, address } of concerned) {
    const times = arrivals.get(address) ?? 0;
    const outcome = outcomes.get(id);
    if (outcome === 'unknown') result.unknown++;
    else if (times === 1 && (outcome === 'accepted' || outcome === 'delivered')) result.told++;
    else result.broken.push(`${address} (${outcome ?? 'no entry'}, ${times} messages)`);
  }
  return result;
}
