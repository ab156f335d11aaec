import type { ChannelName } from '@quakewire/core';
import type { SinkMessage } from './dialects/dialect.ts';

/** One message that a provider accepted. */
export interface AcceptedMessage extends SinkMessage {
  channel: ChannelName;
  /** The provider's id, as it was (or would have been) answered. */
  messageId: string;
  /** When the request's last byte was read, milliseconds since the epoch with fractions. */
  arrivedAtMs: number;
  acceptedAtMs: number;
}

export interface ChannelStats {
  /** Requests by what became of them. */
  requests: number;
  accepted: number;
  rejected: number;
  throttled: number;
  failed: number;
  unanswered: number;
  malformed: number;
  /** The most requests, and the most messages later accepted, that arrived within any one second. */
  peakRequestsPerSecond: number;
  peakAcceptedPerSecond: number;
}

export type Counted = 'accepted' | 'rejected' | 'throttled' | 'failed' | 'unanswered' | 'malformed';

/** What one provider has seen, in memory. */
export interface MessageLog {
  requestArrived(atMs: number): void;
  count(what: Counted): void;
  accept(message: AcceptedMessage): void;
  messages(): readonly AcceptedMessage[];
  stats(): ChannelStats;
  clear(): void;
}

/** The most values within any window, for values that come in nearly sorted order. */
const peakWithin = (values: Iterable<number>, windowMs: number): number => {
  const sorted = Float64Array.from(values).sort();
  let peak = 0;
  let first = 0;
  for (let last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) >= windowMs) first += 1;
    peak = Math.max(peak, last - first + 1);
  }
  return peak;
};

export const createMessageLog = (): MessageLog => {
  let arrivals: number[] = [];
  let accepted: AcceptedMessage[] = [];
  let counts = new Map<Counted, number>();
  const counted = (what: Counted) => counts.get(what) ?? 0;
  return {
    requestArrived: (atMs) => arrivals.push(atMs),
    count: (what) => counts.set(what, counted(what) + 1),
    accept: (message) => accepted.push(message),
    messages: () => accepted,
    stats: () => ({
      requests: arrivals.length,
      accepted: accepted.length,
      rejected: counted('rejected'),
      throttled: counted('throttled'),
      failed: counted('failed'),
      unanswered: counted('unanswered'),
      malformed: counted('malformed'),
      peakRequestsPerSecond: peakWithin(arrivals, 1000),
      peakAcceptedPerSecond: peakWithin(
        accepted.map(({ arrivedAtMs }) => arrivedAtMs),
        1000,
      ),
    }),
    clear() {
      arrivals = [];
      accepted = [];
      counts = new Map();
    },
  };
};
