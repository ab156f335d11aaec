import * as z from 'zod';

/**
 * The published shape of an observation. Its numbers are deliberately free: a count that is absurd must reach `decide`,
 * which holds the channel, instead of stopping the run for all channels. Names are closed.
 */
const age = z.number().describe('Seconds since this was measured.');

const endpointCount = z.strictObject({
  status: z.enum(['ok', 'failed']),
  ageSeconds: age.optional(),
  byCountry: z.record(z.string(), z.number()).optional().describe('Maintained counters by ISO 3166 country code.'),
  fullCount: z.number().nullable().optional().describe('A count of every row, or null when none was made.'),
  fullCountAgeSeconds: z.number().nullable().optional(),
});

const providerQuota = z.strictObject({
  status: z.enum(['ok', 'failed']),
  ageSeconds: age.optional(),
  providerRatePerSecond: z.number().optional(),
  remainingToday: z.number().nullable().optional().describe('null = the provider has no daily quota.'),
});

const live = z.strictObject({
  status: z.enum(['ok', 'failed']),
  ageSeconds: age.optional(),
  partitions: z
    .record(z.string(), z.number())
    .optional()
    .describe('From the broker; an absent channel has no topic yet.'),
  accountConcurrency: z.number().optional(),
  concurrencyReservedByOthers: z
    .number()
    .optional()
    .describe('Reserved concurrency of every function that is not a channel consumer.'),
});

const flag = z.boolean().optional().describe('Only false lets a run go on; a missing flag counts as set.');

export const observationSchema = z.strictObject({
  schemaVersion: z.literal(1),
  paused: flag,
  alertInFlight: flag,
  deployInFlight: flag,
  drillInFlight: flag,
  endpointsByChannelAndCountry: z.record(z.string(), endpointCount),
  providerQuotas: z.record(z.string(), providerQuota),
  sendLatency: z.record(z.string(), z.strictObject({ ageSeconds: age, p95Ms: z.number() })),
  sendThroughput: z
    .record(z.string(), z.strictObject({ ageSeconds: age, messagesPerSecond: z.number() }))
    .optional()
    .describe('Messages accepted a second in the newest alert: for people, nothing is decided by it.'),
  live,
});

export type Observation = z.output<typeof observationSchema>;
export type EndpointCount = z.output<typeof endpointCount>;
export type ProviderQuota = z.output<typeof providerQuota>;
export type LiveState = z.output<typeof live>;
