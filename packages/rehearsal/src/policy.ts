import { type Policy, parsePolicy } from '@quakewire/scaling';

/** Endpoints of the channel that grows and shrinks, and of the one that stays. */
export const endpointsAtFirst = 10_000;
export const endpointsAtMost = 200_000;
export const endpointsAtLast = 5_000;
export const steadyEndpoints = 1_000;

/**
 * One channel whose provider is fast enough that workers follow the subscribers, one that never changes.
 * @param provisioned Whether the mapping has pollers of its own to follow as well.
 */
export const rehearsalPolicy = (provisioned: boolean): Policy =>
  parsePolicy({
    schemaVersion: 1,
    region: 'eu-central-1',
    agreeingRunsToShrink: 2,
    channels: [
      {
        name: 'webhook',
        sloSecondsToLastRecipient: 60,
        assumedSendLatencyP95Ms: 300,
        warmPercent: 0,
        // Each is a process here, and they share two processors with everything else.
        maximumActivePartitions: 16,
        provisionedPollers: provisioned,
        senders: [{ providerRatePerSecond: 10_000 }],
      },
      { name: 'telegram', warmPercent: 0, senders: [{ providerRatePerSecond: 1_000 }] },
    ],
  });
