import * as z from 'zod';
import { serialise } from '../decide/serialise.ts';

const whole = z.int().min(0);
const pollers = z.int().min(1).max(200).nullable();

const channelTfvars = z.strictObject({
  active_partitions: z.int().min(1).max(1_000),
  max_workers_per_segment: z.int().min(1),
  maximum_pollers: pollers,
  memory_mb: z.int().min(128).max(10_240),
  minimum_pollers: pollers,
  partitions: z.int().min(1).max(200_000),
  provider_rate_per_second: z.int().min(1).max(50_000),
  reserved_concurrency: whole,
  segment_endpoints: z.int().min(1),
  warm_workers: whole,
});

/** Content of `scaling.auto.tfvars.json`: the sizing in force, read by both Terraform roots. */
export const tfvarsSchema = z.strictObject({
  scaling: z.strictObject({
    schema: z.literal(1),
    producer: z.strictObject({ memory_mb: z.int().min(128).max(10_240), threads: z.int().min(1) }),
    channels: z.record(z.string(), channelTfvars),
  }),
});

export type Tfvars = z.output<typeof tfvarsSchema>;
export type ChannelTfvars = z.output<typeof channelTfvars>;

/** Keys sorted, one final newline: the same sizing is always the same file. */
export const serialiseTfvars = (tfvars: Tfvars): string => serialise(tfvars);
