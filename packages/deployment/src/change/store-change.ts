import { createHash } from 'node:crypto';
import { DeploymentError } from '../deployment-error.ts';
import type { ChangeStore, TerraformRoot } from '../ports.ts';
import { type ReviewedChange, type ReviewedChangeRecord, reviewedChangeSchema } from './reviewed-change.ts';

/** A reviewed change with everything that its apply needs. */
export interface StoredChange {
  change: ReviewedChange;
  planFiles: ReadonlyMap<TerraformRoot, Uint8Array>;
  scalingText: string;
}

export const digestOf = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Stores a change by its digest, the record last: what has a record is whole. */
export async function storeChange(
  record: ReviewedChangeRecord,
  planFiles: ReadonlyMap<TerraformRoot, Uint8Array>,
  scalingText: string,
  store: ChangeStore,
): Promise<ReviewedChange> {
  const text = JSON.stringify(record);
  const digest = digestOf(text);
  for (const [root, file] of planFiles) await store.put(`${digest}/${root}.tfplan`, file);
  await store.put(`${digest}/scaling.auto.tfvars.json`, Buffer.from(scalingText));
  await store.put(`${digest}/change.json`, Buffer.from(text));
  return { ...record, digest };
}

/**
 * Fetches a change and checks every byte of it against its digest.
 * @throws {DeploymentError} When it is gone or anything of it is not what was reviewed.
 */
export async function fetchChange(digest: string, store: ChangeStore): Promise<StoredChange> {
  const text = await fetchPart(`${digest}/change.json`, digest, store);
  const change = { ...reviewedChangeSchema.parse(JSON.parse(text.toString())), digest };
  const scaling = await fetchPart(`${digest}/scaling.auto.tfvars.json`, change.scalingSha256, store);
  const planFiles = new Map<TerraformRoot, Uint8Array>();
  for (const { root, sha256 } of change.plans)
    planFiles.set(root, await fetchPart(`${digest}/${root}.tfplan`, sha256, store));
  return { change, planFiles, scalingText: scaling.toString() };
}

async function fetchPart(name: string, sha256: string, store: ChangeStore): Promise<Buffer> {
  const content = await store.get(name);
  if (content === undefined)
    throw new DeploymentError(`${name} is not in the store: it expired or was never planned here. Plan anew.`);
  if (digestOf(content) !== sha256)
    throw new DeploymentError(
      `${name} is not what was reviewed: somebody changed it. Nothing was applied; find out who.`,
    );
  return Buffer.from(content);
}
