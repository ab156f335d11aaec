import { createHash } from 'node:crypto';
import { DeploymentError } from '../deployment-error.ts';
import type { ChangeStore, TerraformRoot } from '../ports.ts';
import { type ReviewedChange, type ReviewedChangeRecord, reviewedChangeSchema } from './reviewed-change.ts';

/** Everything that the apply of a reviewed change needs. */
export interface ChangeParts {
  planFiles: ReadonlyMap<TerraformRoot, Uint8Array>;
  /** The scaling file that the change puts in force. */
  scalingText: string;
  /** The sizing to remember for the next scaling run; null where nothing was sized. */
  historyText: string | null;
}

export interface StoredChange extends ChangeParts {
  change: ReviewedChange;
}

const recordName = 'change.json';
const scalingName = 'scaling.auto.tfvars.json';
const historyName = 'sizing.json';
const planName = (digest: string, root: TerraformRoot): string => `${digest}/${root}.tfplan`;

export const digestOf = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Stores a change by its digest, the record last: what has a record is whole. */
export async function storeChange(
  record: ReviewedChangeRecord,
  { planFiles, scalingText, historyText }: ChangeParts,
  store: ChangeStore,
): Promise<ReviewedChange> {
  const text = JSON.stringify(record);
  const digest = digestOf(text);
  for (const [root, file] of planFiles) await store.put(planName(digest, root), file);
  await store.put(`${digest}/${scalingName}`, Buffer.from(scalingText));
  if (historyText !== null) await store.put(`${digest}/${historyName}`, Buffer.from(historyText));
  await store.put(`${digest}/${recordName}`, Buffer.from(text));
  return { ...record, digest };
}

/**
 * Fetches a change and checks every byte of it against its digest.
 * @throws {DeploymentError} When it is gone or anything of it is not what was reviewed.
 */
export async function fetchChange(digest: string, store: ChangeStore): Promise<StoredChange> {
  const part = async (name: string, sha256: string) => await fetchPart(`${digest}/${name}`, sha256, store);
  const record = await part(recordName, digest);
  const change = { ...reviewedChangeSchema.parse(JSON.parse(record.toString())), digest };
  const { plans, scalingSha256, historySha256 } = change;
  const planFiles = new Map<TerraformRoot, Uint8Array>();
  for (const { root, sha256 } of plans) planFiles.set(root, await fetchPart(planName(digest, root), sha256, store));
  return {
    change,
    planFiles,
    scalingText: (await part(scalingName, scalingSha256)).toString(),
    historyText: historySha256 === null ? null : (await part(historyName, historySha256)).toString(),
  };
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
