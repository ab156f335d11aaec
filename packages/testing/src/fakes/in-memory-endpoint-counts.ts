import type { ChannelName, EndpointCountStore, EndpointCounts } from '@quakewire/core';

export function createInMemoryEndpointCounts(): EndpointCountStore {
  const inForce = new Map<ChannelName, EndpointCounts>();
  return {
    read: async (channel) => structuredClone(inForce.get(channel)),
    async write(channel, counts) {
      if ((inForce.get(channel)?.countedAtMs ?? 0) < counts.countedAtMs) inForce.set(channel, structuredClone(counts));
    },
  };
}
