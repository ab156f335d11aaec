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
  async function all(): Promise<SinkMessage[]> {
    const lines = (await (await call('messages')).text()).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }
  return {
    async stats(): Promise<Record<ChannelName, SinkStats>> {
      return (await (await call('stats')).json()) as Record<ChannelName, SinkStats>;
    },
    /** To subscribers, one by one. */
    async messages(): Promise<SinkMessage[]> {
      return (await all()).filter((message) => !isPost(message));
    },
    /** To public chats, for everybody. */
    async posts(): Promise<SinkMessage[]> {
      return (await all()).filter(isPost);
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
/** Telegram names a public chat `@name`, and a person's by a number. */
const isPost = ({ channel, to }: SinkMessage): boolean => channel === 'telegram' && to.startsWith('@');

export type SinksClient = ReturnType<typeof createSinksClient>;
