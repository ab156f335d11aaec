import * as z from 'zod';
import { terraformRoots } from '../ports.ts';
import { UnusableSnapshotError } from './snapshot-error.ts';

/**
 * Version of what the tables hold. It grows with a change that older code cannot read; a snapshot below it is refused, as
 * data never goes back.
 */
export const dataSchemaVersion = 1;

const root = z.enum(terraformRoots);
const whole = z.int().min(0);

export const artifactSchema = z.strictObject({
  bucket: z.string().min(1),
  /** Ends with the zip's SHA-256. */
  key: z.string().min(1),
  sha256_base64: z.string().min(1),
});
export type Artifact = z.output<typeof artifactSchema>;

/** Numbers that live outside of Terraform and only grow: what a rollback lifts to. */
export const liveValuesSchema = z.strictObject({ partitions: z.record(z.string(), whole) });
export type LiveValues = z.output<typeof liveValuesSchema>;

/** What the check after the apply saw, a line for each thing that was tried. */
export const smokeResultSchema = z.strictObject({
  checkedAt: z.iso.datetime(),
  passed: z.boolean(),
  checks: z.array(z.strictObject({ name: z.string(), passed: z.boolean(), detail: z.string() })),
});
export type SmokeResult = z.output<typeof smokeResultSchema>;

/** Message of a snapshot's tag: everything that it takes to make this installation again from its commit. */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  environment: z.string().regex(/^[a-z][a-z0-9]{1,11}$/),
  /** ISO 8601 in UTC. */
  takenAt: z.iso.datetime(),
  /** Terraform's code and the environment's values. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  terraformVersion: z.string().min(1),
  /** `.terraform.lock.hcl` of each root, as it was. */
  providerLocks: z.record(root, z.string().min(1)),
  /** The scaling file in force, as it is in the file. */
  scaling: z.json(),
  /** The zip of each function by name. */
  artifacts: z.record(z.string(), artifactSchema),
  states: z.record(
    root,
    z.strictObject({
      serial: whole,
      lineage: z.string(),
      /** Of the state's object in S3, for the day on which a state is lost; null where versions are not kept. */
      versionId: z.string().nullable(),
    }),
  ),
  live: liveValuesSchema,
  dataSchemaVersion: whole,
  smoke: smokeResultSchema,
  /** The snapshot that this one went back to. */
  rolledBackTo: z.string().optional(),
});
export type Manifest = z.output<typeof manifestSchema>;

export const serialiseManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** @throws {UnusableSnapshotError} Naming the field; a tag that was made by hand is no snapshot. */
export function parseManifest(name: string, message: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(message);
  } catch {
    throw new UnusableSnapshotError(`${name} carries no manifest: it was not made by a deployment.`);
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnusableSnapshotError(
    `${name}: its manifest cannot be used: ${issue?.path.map(String).join('.') || 'content'}: ${issue?.message}.`,
  );
}
