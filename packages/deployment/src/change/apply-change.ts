import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeploymentError, RefusedPlanError, StaleChangeError } from '../deployment-error.ts';
import type { TerraformRoot } from '../ports.ts';
import { ask } from '../terraform-answers.ts';
import type { ChangePorts } from './change-ports.ts';
import { type ApplyPlace, checkFreshness, checkPlace } from './check-freshness.ts';
import { exceeds } from './exceeds.ts';
import { planChange } from './plan-change.ts';
import { lockTimeout } from './plan-root.ts';
import { remember } from './remember.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { fetchChange, type StoredChange } from './store-change.ts';

export interface ApplyRequest extends ApplyPlace {
  /** Of the reviewed change, as the planning step answered it. */
  digest: string;
  /** Variable files of a root besides the scaling file, for when the plan must be made anew. */
  variableFiles(root: TerraformRoot): readonly string[];
}

export interface ApplyPorts extends ChangePorts {
  /** Whether people are being told right now, by an alert or an exercise. Rejects when not known: then nothing is applied. */
  alertInFlight(): Promise<boolean>;
}

/**
 * Applies exactly what was reviewed, topics first, and puts the scaling file in force last: an apply that dies half-way
 * leaves the old file, and the next run does the rest. A stale change is planned anew once, and that plan may do nothing
 * that the reviewed one did not.
 * @returns The change that was applied.
 * @throws {DeploymentError} When anything is not as reviewed, an alert is in flight, the lock is held or Terraform fails.
 */
export async function applyChange(request: ApplyRequest, ports: ApplyPorts): Promise<ReviewedChange> {
  const stored = await fetchChange(request.digest, ports.store);
  checkPlace(stored.change, request);
  try {
    return await applyStored(stored, ports);
  } catch (error) {
    if (!(error instanceof StaleChangeError)) throw error;
    ports.say(`${error.message} Planning anew, once.`);
  }
  return await applyAnew(stored, request, ports);
}

async function applyAnew(stored: StoredChange, request: ApplyRequest, ports: ApplyPorts): Promise<ReviewedChange> {
  const { change, scalingText, historyText } = stored;
  const anew = await planChange(
    {
      ...request,
      mode: change.mode,
      roots: change.plans.map(({ root }) => root),
      scalingText,
      ...(historyText !== null && { historyText }),
      isFirst: change.scalingInForceSha256 === null,
      holds: change.holds,
    },
    ports,
  );
  if (anew === null) {
    ports.say('Nothing is left to change: another run has done the same.');
    return change;
  }
  const more = exceeds(anew, change);
  if (more.length > 0)
    throw new RefusedPlanError(
      `The plan made anew would do what nobody reviewed; nothing was applied. Plan and review again:\n${more.map((effect) => `- ${effect}`).join('\n')}`,
    );
  return await applyStored(await fetchChange(anew.digest, ports.store), ports);
}

async function applyStored(
  { change, planFiles, scalingText, historyText }: StoredChange,
  ports: ApplyPorts,
): Promise<ReviewedChange> {
  await refuseDuringAlert(change, ports);
  await checkFreshness(change, ports);
  const inForce = await ports.scalingFile.read();
  const folder = await mkdtemp(join(tmpdir(), 'quakewire-apply-'));
  try {
    for (const [root, plan] of planFiles) {
      const file = join(folder, `${root}.tfplan`);
      await writeFile(file, plan);
      ports.say(`Applying ${root} ...`);
      await ask(ports.terraform, root, ['apply', '-input=false', lockTimeout, file]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (scalingText !== inForce?.text) {
    await ports.scalingFile.replace(scalingText, inForce?.version ?? null);
    ports.say(`Applied; ${ports.scalingFile.name} is in force.`);
  }
  if (historyText !== null) await remember(historyText, ports.history);
  return change;
}

/** A rollback may be what an alert needs; nothing else may get in its way. */
async function refuseDuringAlert({ mode }: ReviewedChange, { alertInFlight }: ApplyPorts): Promise<void> {
  if (mode !== 'rollback' && (await alertInFlight()))
    throw new DeploymentError('An alert is in flight: nothing was applied. Run again when it is complete.');
}
