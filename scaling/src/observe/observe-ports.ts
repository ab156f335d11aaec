import type { EndpointCounts, OpenRun, SendMeasurement } from '@quakewire/core';

/** Concurrent executions that Lambda allows the account, and what others than the consumers have reserved of them. */
export interface Concurrency {
  accountConcurrency: number;
  concurrencyReservedByOthers: number;
}

export interface Quota {
  providerRatePerSecond: number;
  /** Messages left today, or null without a daily quota. */
  remainingToday: number | null;
}

/** What people and deployments froze. */
export interface OperatorFlags {
  paused: boolean;
  deployInFlight: boolean;
}

/** What is read from outside. Each port throws when it does not know: a failure must never look like a zero. */
export interface ObservePorts {
  nowMs(): number;
  flags(): Promise<OperatorFlags>;
  /** The counter of a channel; undefined when nobody has counted it yet. */
  readCounts(channel: string): Promise<EndpointCounts | undefined>;
  /** Endpoints by channel and country, from one full count. */
  countEndpoints(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  /** What consumers measured of a channel's provider from a moment on. */
  sends(channel: string, fromMs: number): Promise<readonly SendMeasurement[]>;
  /** Partitions by topic; 0 only for a topic that the broker says does not exist. */
  livePartitions(topics: string[]): Promise<Record<string, number>>;
  concurrency(channels: string[]): Promise<Concurrency>;
  /** Live quota by channel; a channel that is absent has no way to ask its provider. */
  quotas: Readonly<Record<string, () => Promise<Quota>>>;
  /** Runs that are not complete, of alerts and of exercises. */
  openRuns(channels: string[]): Promise<readonly Pick<OpenRun, 'urgency'>[]>;
}

/** Told once for every input that could not be read: what, and the error. */
export type OnFailure = (input: string, error: unknown) => void;
