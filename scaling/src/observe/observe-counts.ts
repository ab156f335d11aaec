import type { EndpointCounts } from '@quakewire/core';
import { sum } from '../decide/integer.ts';
import type { EndpointCount } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { ObservePorts, OnFailure } from './observe-ports.ts';

export interface ObserveCountsInput {
  names: readonly string[];
  lastCounts: Readonly<Record<string, number>>;
  maximumInputAgeSeconds: number;
  ports: Pick<ObservePorts, 'nowMs' | 'readCounts' | 'countEndpoints'>;
  onFailure: OnFailure;
}

type Counts = Readonly<Record<string, number>>;

/**
 * Endpoints of each channel by its counter. Every row is counted as well, once for all channels, where a counter fell by
 * more than half (to confirm it), or is missing or too old (in its place). A count that failed is missing, never zero.
 */
export async function observeCounts(input: ObserveCountsInput): Promise<Record<string, EndpointCount>> {
  const { names, ports, onFailure } = input;
  const counters = await Promise.all(names.map((name) => readFresh(name, input)));
  const isAllPlain = names.every((name, at) => isPlain(counters[at], ownValue(input.lastCounts, name)));
  const full = isAllPlain
    ? undefined
    : await ports.countEndpoints().catch((error: unknown) => void onFailure('full endpoint count', error));
  return Object.fromEntries(
    names.map((name, at) => [name, countOf(counters[at], ownValue(full, name), ports.nowMs())]),
  );
}

/** Undefined when there is none, when it cannot be read, or when it is older than anything is believed. */
async function readFresh(
  name: string,
  { ports, maximumInputAgeSeconds, onFailure }: ObserveCountsInput,
): Promise<EndpointCounts | undefined> {
  try {
    const counter = await ports.readCounts(name);
    if (counter === undefined) return undefined;
    const age = ageSeconds(counter.countedAtMs, ports.nowMs());
    if (age > maximumInputAgeSeconds) throw new Error(`it is ${age} s old: does the segmenter run?`);
    return counter;
  } catch (error) {
    onFailure(`endpoint counter of ${name}`, error);
    return undefined;
  }
}

/** No reason for a full count. */
const isPlain = (counter: EndpointCounts | undefined, last: number | undefined): boolean =>
  counter !== undefined && totalOf(counter.byCountry) * 2 >= (last ?? 0);

function countOf(counter: EndpointCounts | undefined, full: Counts | undefined, nowMs: number): EndpointCount {
  const byCountry = counter?.byCountry ?? full;
  if (byCountry === undefined) return { status: 'failed' };
  return {
    status: 'ok',
    ageSeconds: counter ? ageSeconds(counter.countedAtMs, nowMs) : 0,
    byCountry: { ...byCountry },
    fullCount: full ? totalOf(full) : null,
    fullCountAgeSeconds: full ? 0 : null,
  };
}

const totalOf = (counts: Counts): number => sum(Object.values(counts));

const ageSeconds = (sinceMs: number, nowMs: number): number => Math.max(0, Math.floor((nowMs - sinceMs) / 1_000));
