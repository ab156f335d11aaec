import type { SendMeasurement, SendMeasurements } from '@quakewire/core';

export function createInMemorySendMeasurements(): SendMeasurements {
  const kept = new Map<string, SendMeasurement>();
  return {
    async put(channel, worker, measurement) {
      kept.set(`${channel}#${measurement.lastAnsweredAtMs}#${worker}`, structuredClone(measurement));
    },
    since: async (channel, fromMs) =>
      [...kept]
        .filter(([key, { lastAnsweredAtMs }]) => key.startsWith(`${channel}#`) && lastAnsweredAtMs >= fromMs)
        .map(([, measurement]) => structuredClone(measurement)),
  };
}
