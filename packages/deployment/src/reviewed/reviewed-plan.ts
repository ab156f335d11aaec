import * as z from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What stands beside a plan file from the planning to the apply. Its own digest covers every field of it. */
export const reviewedPlanSchema = z.strictObject({
  schemaVersion: z.literal(1),
  environment: z.string().regex(/^[a-z][a-z0-9]{1,11}$/),
  root: z.enum(['topics', 'pipeline']),
  mode: z.enum(['scale', 'deploy', 'rollback']),
  /** When the plan was made, ISO 8601 in UTC. */
  createdAt: z.iso.datetime(),
  /** The checkout that made it: apply from the same one. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  terraformVersion: z.string().min(1),
  /** State that it was made against; null before the first apply. */
  stateSerial: z.int().min(0).nullable(),
  stateLineage: z.string().nullable(),
  /** SHA-256 of the plan file. */
  planSha256: sha256,
  /** SHA-256 of the scaling file in force when the plan was made; null when there was none. */
  scalingInForceSha256: sha256.nullable(),
  changes: z.array(
    z.strictObject({ address: z.string(), field: z.string(), before: z.unknown(), after: z.unknown().optional() }),
  ),
});

export type ReviewedPlanRecord = z.output<typeof reviewedPlanSchema>;

/** A plan that the guard let pass. `digest` is handed over outside of the store, so that nothing in it can be swapped. */
export interface ReviewedPlan extends ReviewedPlanRecord {
  /** SHA-256 over the record, which holds the plan file's own. */
  digest: string;
}
