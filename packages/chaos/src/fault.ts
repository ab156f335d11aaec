import type { ChannelName } from '@quakewire/core';

/** What goes wrong on purpose; `atMs` counts from the first bulletin. */
export type Fault = { atMs: number } & (
  | { kind: 'killConsumer'; channel: ChannelName }
  /** Stopped for longer than any hold, then let go on. */
  | { kind: 'freezeConsumer'; channel: ChannelName; forMs: number }
  /** Stopped until the emulator ends the function at its time-out. */
  | { kind: 'timeOutConsumer'; channel: ChannelName }
  | { kind: 'killLeader' }
  | { kind: 'restartBroker' }
  | { kind: 'throttleTables'; share: number; forMs: number }
  /** A burst of 429: the provider lets hardly anything through. */
  | { kind: 'throttleProvider'; channel: ChannelName; forMs: number }
  | { kind: 'cutProvider'; channel: ChannelName; forMs: number }
  /** No fault of a part: the operator takes the alert back while it is being sent. */
  | { kind: 'cancelAlert' }
);
export type FaultKind = Fault['kind'];

/** Faults that end or stop a process of a consumer: each may leave the pages unknown that it had in flight. */
export const strikesConsumer = ({ kind }: Fault): boolean =>
  kind === 'killConsumer' || kind === 'freezeConsumer' || kind === 'timeOutConsumer';

/** The fault in words, without its time. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'killConsumer':
      return `kill -9 a consumer of ${fault.channel}`;
    case 'freezeConsumer':
      return `freeze a consumer of ${fault.channel} for ${seconds(fault.forMs)}`;
    case 'timeOutConsumer':
      return `freeze a consumer of ${fault.channel} until its function times out`;
    case 'killLeader':
      return 'kill -9 the leader';
    case 'restartBroker':
      return 'kill -9 the broker and start it again';
    case 'throttleTables':
      return `tables refuse ${Math.round(fault.share * 100)} % of the calls for ${seconds(fault.forMs)}`;
    case 'throttleProvider':
      return `the provider of ${fault.channel} answers 429 for ${seconds(fault.forMs)}`;
    case 'cutProvider':
      return `the provider of ${fault.channel} is down for ${seconds(fault.forMs)}`;
    case 'cancelAlert':
      return 'cancel the alert';
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
