import * as z from 'zod';
import { terraformRoots } from '../ports.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const fieldChange = z.strictObject({
  address: z.string(),
  field: z.string(),
  before: z.json(),
  /** Absent when only the apply knows it, or when it is secret. */
  after: z.json().optional(),
});

/** One root's plan, as the guard let it pass. */
const reviewedPlan = z.strictObject({
  root: z.enum(terraformRoots),
  /** SHA-256 of the plan file. */
  sha256,
  /** State that it was made against; null before the first apply. */
  stateSerial: z.int().min(0).nullable(),
  stateLineage: z.string().nullable(),
  changes: z.array(fieldChange),
});

/** A change of one environment: what was planned, from what, and what stands in force once it is applied. */
export const reviewedChangeSchema = z.strictObject({
  schemaVersion: z.literal(1),
  environment: z.string().regex(/^[a-z][a-z0-9]{1,11}$/),
  mode: z.enum(['scale', 'deploy', 'rollback']),
  /** When it was planned, ISO 8601 in UTC. */
  createdAt: z.iso.datetime(),
  /** The checkout that planned it: the same one applies it. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  terraformVersion: z.string().min(1),
  /** In the order of their apply; a root without changes is left out. */
  plans: z.array(reviewedPlan),
  /** SHA-256 of the scaling file that the change puts in force. */
  scalingSha256: sha256,
  /** SHA-256 of the scaling file in force when it was planned; null when there was none. */
  scalingInForceSha256: sha256.nullable(),
  /** SHA-256 of the sizing to remember for the next scaling run; null where nothing was sized. */
  historySha256: sha256.nullable(),
  /** Why the run is red although all of this was applied: channels that are held. */
  holds: z.array(z.string()),
});

export type ReviewedChangeRecord = z.output<typeof reviewedChangeSchema>;
export type ReviewedPlan = z.output<typeof reviewedPlan>;

/**
 * A change that the guard let pass. `digest` is the SHA-256 of the record, which holds those of everything else; it is
 * handed over outside of the store, so that nothing in the store can be swapped.
 */
export interface ReviewedChange extends ReviewedChangeRecord {
  digest: string;
}
