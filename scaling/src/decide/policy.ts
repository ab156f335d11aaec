import * as z from 'zod';

const sender = z.strictObject({
  countries: z
    .array(z.string().regex(/^(\*|[A-Z]{2})$/, 'must be an ISO 3166 country code such as RO, or *'))
    .min(1)
    .default(['*'])
    .describe('Countries that this sender serves; * is every country that no other sender serves.'),
  providerRatePerSecond: z.int().min(1).max(50_000).describe('Message parts a second that the provider enforces.'),
  messageParts: z.int().min(1).max(10).default(1).describe('Parts of one message; the provider counts parts.'),
  microUsdPerPart: z.int().min(0).max(1_000_000).default(0).describe('Price of one part in micro-USD.'),
});

const channel = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,30}$/, 'must match [a-z][A-Za-z0-9]{0,30}'),
  sloSecondsToLastRecipient: z.int().min(30).max(86_400).default(300),
  senders: z.array(sender).min(1).max(50),
  accountRatePerSecond: z.int().min(1).max(50_000).optional().describe('Messages a second over all senders.'),
  liveQuota: z
    .boolean()
    .default(false)
    .describe('Use the smaller of the policy rate and the rate the provider reports.'),
  provisionedPollers: z
    .boolean()
    .default(false)
    .describe('Reserve event pollers (a standing price) instead of on demand.'),
  concurrentSendsPerWorker: z.int().min(1).max(100).default(50),
  assumedSendLatencyP95Ms: z.int().min(50).max(5_000).default(800).describe('Used until a latency is measured.'),
  minimumActivePartitions: z.int().min(1).max(1_000).default(2),
  maximumActivePartitions: z.int().min(1).max(1_000).default(100),
  warmPercent: z.int().min(0).max(100).default(20).describe('Share of active workers that are kept warm.'),
  memoryMb: z.int().min(256).max(10_240).default(512),
});

/** The published shape of a policy: what an operator may decide. Unknown keys are refused. */
export const policySchema = z.strictObject({
  schemaVersion: z.literal(1),
  channels: z.array(channel).min(1).max(10).describe('Most important first: the last is refused growth first.'),
  agreeingRunsToShrink: z.int().min(2).max(24).default(3),
  allowShrink: z.boolean().default(true),
  maximumInputAgeSeconds: z.int().min(60).max(604_800).default(7_200),
  maximumEndpointsPerChannel: z.int().min(1).max(100_000_000).default(100_000_000),
  standingCostCeilingUsdPerMonth: z.int().min(0).max(10_000_000).default(1_000),
  fixedUsdPerMonth: z.int().min(0).max(10_000_000).default(0),
  kafkaMicroUsdPerPartitionMonth: z.int().min(0).max(100_000_000).default(0),
  cpuMicrosecondsPerSend: z.int().min(10).max(100_000).default(1_000),
  unitsPerSecondPerVcpu: z.int().min(10).max(1_000_000).default(5_000),
  region: z.enum(['us-east-1', 'eu-central-1']).default('us-east-1'),
});

export type Policy = z.output<typeof policySchema>;
export type PolicyInput = z.input<typeof policySchema>;
export type ChannelPolicy = Policy['channels'][number];
export type SenderPolicy = ChannelPolicy['senders'][number];
