import * as z from 'zod';
import { reasonSchema } from './reason.ts';

const whole = z.int().min(0);

const channelControl = z.strictObject({
  activePartitions: z.int().min(1).max(1_000),
  segmentEndpoints: z.int().min(1),
  maxWorkersPerSegment: z.int().min(1),
});

const channelInfrastructure = z.strictObject({
  partitions: z.int().min(1).max(200_000),
  minimumPollers: z.int().min(1).max(200).nullable(),
  maximumPollers: z.int().min(1).max(200).nullable(),
  reservedConcurrency: whole,
  warmWorkers: whole,
  memoryMb: z.int().min(128).max(10_240),
});

const control = z
  .strictObject({
    producer: z.strictObject({ threads: z.int().min(1) }),
    channels: z.record(z.string(), channelControl),
  })
  .describe('One table item: a change touches no function and no mapping.');

const infrastructure = z
  .strictObject({
    producer: z.strictObject({ memoryMb: z.int().min(128).max(10_240) }),
    channels: z.record(z.string(), channelInfrastructure),
  })
  .describe("Terraform's attributes.");

const prediction = z.strictObject({
  endpoints: whole,
  firstRecipientMs: whole.nullable(),
  lastRecipientSeconds: whole.nullable(),
  sloMet: z.boolean(),
  endpointsPerWorker: whole,
  segments: whole,
});

const cost = z.strictObject({
  standingUsdCentsPerMonth: whole,
  fullAlertUsdCents: whole,
  fullAlertMessagesUsdCents: whole,
});

const channelTarget = z.strictObject({ active: whole, segment: whole, warm: whole });

const carried = z
  .strictObject({
    endpoints: z.record(z.string(), whole).describe('Last good count a channel.'),
    targets: z.record(z.string(), z.array(channelTarget)).describe('Targets of the last good runs, oldest first.'),
    producerMemoryMb: z.array(whole),
  })
  .describe('Memory between runs; it changes on every run and is no part of the tfvars.');

/** The published shape of a sizing: what `decide` returns and what the next run reads back. */
export const sizingSchema = z.strictObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(['change', 'no-change', 'hold', 'frozen']),
  changes: z.array(z.enum(['control', 'infrastructure'])),
  exitCode: z.union([z.literal(0), z.literal(3)]),
  capacity: z.strictObject({ control, infrastructure }).nullable(),
  predictions: z.record(z.string(), prediction.nullable()),
  cost: z.union([cost, z.strictObject({})]),
  reasons: z.array(reasonSchema),
  carried,
});

export type Sizing = z.output<typeof sizingSchema>;
export type Capacity = NonNullable<Sizing['capacity']>;
export type Carried = Sizing['carried'];
export type ChannelTarget = z.output<typeof channelTarget>;
export type Prediction = z.output<typeof prediction>;
export type Cost = z.output<typeof cost>;
/** Everything that is sized for one channel, whichever way it is applied. */
export type ChannelCapacity = z.output<typeof channelControl> & z.output<typeof channelInfrastructure>;
