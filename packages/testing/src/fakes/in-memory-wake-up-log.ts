import type { PartitionedMessage, WakeUpLog } from '@quakewire/core';

export interface InMemoryWakeUpLog extends WakeUpLog {
  /** Everything that was published to a channel and not drained yet, in order. */
  drain(channel: string): PartitionedMessage[];
}

/** @throws on publishing when a partition does not exist, as the real one does after a refresh. */
export function createInMemoryWakeUpLog(partitions: number): InMemoryWakeUpLog {
  const published = new Map<string, PartitionedMessage[]>();
  return {
    livePartitions: async () => partitions,
    async publish(channel, messages) {
      const unknown = messages.find(({ partition }) => partition < 0 || partition >= partitions);
      if (unknown) throw new Error(`partition ${unknown.partition} of channel ${channel} does not exist`);
      published.set(channel, [...(published.get(channel) ?? []), ...structuredClone(messages)]);
    },
    drain(channel) {
      const messages = published.get(channel) ?? [];
      published.delete(channel);
      return messages;
    },
  };
}
