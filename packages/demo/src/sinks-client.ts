import type { ChannelName } from '@quakewire/core';

/** A message that a provider's sink accepted. */
export interface SinkMessage {
  channel: ChannelName;
  to: string;
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
  async function get(path: string): Promise<Response> {
    const response = await fetch(`${controlUrl}/_sinks/${path}`);
    if (!response.ok) throw new Error(`the sinks answered ${response.status} to ${path}`);
    return response;
  }
  return {
    async stats(): Promise<Record<ChannelName, SinkStats>> {
      return (await (await get('stats')).json()) as Record<ChannelName, SinkStats>;
    },
    async messages(): Promise<SinkMessage[]> {
      const lines = (await (await get('messages')).text()).split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    },
  };
}
export type SinksClient = ReturnType<typeof createSinksClient>;
