import type { ScalerFlags } from '@quakewire/core';
import { applyChange } from '../change/apply-change.ts';
import { digestOf, fetchChange } from '../change/store-change.ts';
import { DeploymentError } from '../deployment-error.ts';
import type { Artifact, Manifest, SmokeResult } from '../snapshot/manifest.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { takeSnapshot } from '../snapshot/take-snapshot.ts';
import {
  liftSizing,
  type PlanRollbackPorts,
  planFrom,
  type RollbackTarget,
  type SnapshotCheckout,
} from './plan-rollback.ts';

export interface RollbackRequest extends RollbackTarget {
  /** Who asks, for the flag that pauses the scaler. */
  by: string;
  /** The change that `planRollback` planned and people approved. Without it one is planned now, and somebody is asked. */
  digest?: string;
}

export interface RollbackPorts extends PlanRollbackPorts {
  flags: ScalerFlags;
  /** Reads live values back, starts every consumer and tells the test endpoints, after the apply. */
  smoke(artifacts: Readonly<Record<string, Artifact>>): Promise<SmokeResult>;
  /** Whether a person agrees to what was just printed. */
  confirm(): Promise<boolean>;
}

/**
 * Goes back to a snapshot: pauses the scaler, plans, prints what will and will not go back, asks, applies, checks and tags;
 * or applies exactly what was planned and approved before. It is a new apply forward, of old inputs. The scaler stays
 * paused: resuming is a decision of its own, because its next run would undo the rollback. A rollback that changed nothing
 * leaves the scaler as it was.
 * @returns The new snapshot's name, or null when nothing was to be done or the person said no.
 */
export async function rollBack(request: RollbackRequest, ports: RollbackPorts): Promise<string | null> {
  const manifest = await readSnapshot(request.to, request.environment, ports.tags);
  const wasPaused = (await ports.flags.read()).paused !== undefined;
  const reason = `rollback to ${request.to} by ${request.by}`;
  if (!wasPaused) await ports.flags.raise('paused', { reason, sinceMs: ports.nowMs() });
  ports.say('The scaler is paused.');
  let isTouched = false;
  try {
    const checkout = await ports.checkOut(manifest);
    const digest = await chooseChange(manifest, checkout, request, ports);
    if (digest === null) return null;
    isTouched = true;
    return await applyRollback(digest, manifest, checkout, request, ports);
  } finally {
    if (!isTouched && !wasPaused) {
      await ports.flags.lower('paused');
      ports.say('The scaler goes on as before.');
    }
  }
}

/** @returns The digest of what to apply, or null for nothing. */
async function chooseChange(
  manifest: Manifest,
  checkout: SnapshotCheckout,
  request: RollbackRequest,
  ports: RollbackPorts,
): Promise<string | null> {
  if (request.digest !== undefined) {
    await checkApproved(request.digest, manifest, request, ports);
    return request.digest;
  }
  const { change } = await planFrom(manifest, checkout, request, ports);
  if (change === null) return null;
  if (await ports.confirm()) return change.digest;
  ports.say('Not confirmed: nothing was changed.');
  return null;
}

/** Snapshots of one commit differ by their sizing: what was approved for another of them is not this rollback. */
async function checkApproved(
  digest: string,
  manifest: Manifest,
  { to }: RollbackRequest,
  ports: RollbackPorts,
): Promise<void> {
  const [{ change }, { scalingText }] = await Promise.all([
    fetchChange(digest, ports.store),
    liftSizing(manifest, ports),
  ]);
  if (change.mode !== 'rollback' || change.scalingSha256 !== digestOf(scalingText))
    throw new DeploymentError(
      `What was approved is not the rollback to ${to} as it would be now. Nothing was changed; plan it again.`,
    );
}

async function applyRollback(
  digest: string,
  manifest: Manifest,
  checkout: SnapshotCheckout,
  { environment, to }: RollbackRequest,
  ports: RollbackPorts,
): Promise<string> {
  const all = { ...ports, ...checkout.ports };
  const { commit, artifacts } = manifest;
  await applyChange({ environment, commit, digest, variableFiles: checkout.variableFiles }, all);
  const smoke = await ports.smoke(artifacts);
  const name = await takeSnapshot({ environment, commit, artifacts, smoke, rolledBackTo: to }, all);
  ports.say(`Rolled back to ${to}; the snapshot of it is ${name}. The scaler stays paused: npm run scale -- resume.`);
  return name;
}
