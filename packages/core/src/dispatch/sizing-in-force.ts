import * as z from 'zod';

const count = (maximum: number) => z.number().int().min(1).max(maximum);

/** What the scaler decided and Terraform wrote as one table item: a change touches no function and no mapping. */
export const sizingInForceSchema = z.strictObject({
  producer: z.strictObject({ threads: count(64) }),
  channels: z.record(
    z.string(),
    z.strictObject({
      activePartitions: count(1000),
      segmentEndpoints: count(1_000_000),
      maxWorkersPerSegment: count(1000),
      providerRatePerSecond: count(50_000),
    }),
  ),
});
export type SizingInForce = z.infer<typeof sizingInForceSchema>;

export interface SizingStore {
  /** The sizing in force. @throws when it is missing or malformed: there is no default. */
  read(): Promise<SizingInForce>;
}
