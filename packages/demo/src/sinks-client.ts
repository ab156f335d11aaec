import type { ChannelName } from '@quakewire/core';
import type { BehaviourChanges } from '@quakewire/local-stack';

/** A message that a provider's sink accepted. */
export interface SinkMessage {
  channel: ChannelName;
  to: string;
  /** The words, as a person would read them. */
  text: string;
  messageId: string;
  /** When the request's last byte was read there, milliseconds since the epoch. */
  arrivedAtMs: number;
}

export interface SinkStats {
  requests: number;
  accepted: number;
  throttled: number;
  peakAcceptedPerSecond: number;
}

/** The sinks' control interface. */
export function createSinksClient(controlUrl: string) {
  async function call(path: string, request: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${controlUrl}/_sinks/${path}`, request);
    if (!response.ok) throw new Error(`the sinks answered ${response.status} to ${path}`);
    return response;
  }
  return {
    async stats(): Promise<Record<ChannelName, SinkStats>> {
      return (await (await call('stats')).json()) as Record<ChannelName, SinkStats>;
    },
    async messages(): Promise<SinkMessage[]> {
      const lines = (await (await call('messages')).text()).split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    },
    /** Changes how some providers behave from now on. */
    async behave(changes: BehaviourChanges): Promise<void> {
      await call('behaviour', { method: 'POST', body: JSON.stringify(changes) });
    },
    /** Forgets messages and counts. */
    async clear(): Promise<void> {
      await call('messages', { method: 'DELETE' });
    },
  };
}
export type SinksClient = ReturnType<typeof createSinksClient>;
