import type { ScalerFlags } from '@quakewire/core';
import { parseTfvars, serialiseTfvars } from '@quakewire/scaling';
import { type ApplyPorts, applyChange } from '../change/apply-change.ts';
import { planChange } from '../change/plan-change.ts';
import type { ReviewedChange } from '../change/reviewed-change.ts';
import { DeploymentError } from '../deployment-error.ts';
import { type TerraformRoot, terraformRoots } from '../ports.ts';
import type { Artifact, Manifest, SmokeResult } from '../snapshot/manifest.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { type SnapshotPorts, takeSnapshot } from '../snapshot/take-snapshot.ts';
import { checkArtifacts, type ReadChecksum } from './check-artifacts.ts';
import { explainRollback } from './explain-rollback.ts';
import { type Lifted, liftRatchets } from './lift-ratchets.ts';

export interface RollbackRequest {
  environment: string;
  /** Name of the snapshot to go back to. */
  to: string;
  /** Who asks, for the flag that pauses the scaler. */
  by: string;
}

/** The checkout of a snapshot's commit, with that snapshot's inputs. */
export interface SnapshotCheckout {
  ports: Pick<ApplyPorts, 'terraform'> & Pick<SnapshotPorts, 'terraformVersion' | 'providerLock' | 'state'>;
  variableFiles(root: TerraformRoot): readonly string[];
}

export interface RollbackPorts extends Omit<ApplyPorts, 'terraform'>, Pick<SnapshotPorts, 'tags' | 'live'> {
  flags: ScalerFlags;
  readChecksum: ReadChecksum;
  /** Terraform's code as it was, the provider locks of the manifest beside it, its artifacts in a variable file. */
  checkOut(manifest: Manifest): Promise<SnapshotCheckout>;
  /** Reads live values back and sends a synthetic alert, after the apply. */
  smoke(artifacts: Readonly<Record<string, Artifact>>): Promise<SmokeResult>;
  /** Whether a person agrees to what was just printed. */
  confirm(): Promise<boolean>;
  print(text: string): void;
}

export interface PlannedRollback {
  manifest: Manifest;
  /** Null: everything is as it was then. */
  change: ReviewedChange | null;
  lifted: Lifted[];
}

/**
 * What going back would do; nothing is written, nothing is applied.
 * @throws {UnusableSnapshotError} For a snapshot that does not exist or cannot be used.
 * @throws {DeploymentError} When zips are gone, the guard refuses the plan, or Terraform cannot plan.
 */
export async function planRollback(request: RollbackRequest, ports: RollbackPorts): Promise<PlannedRollback> {
  const manifest = await readSnapshot(request.to, request.environment, ports.tags);
  return await planFrom(manifest, await ports.checkOut(manifest), request, ports);
}

/**
 * Goes back to a snapshot: pauses the scaler, plans, prints what will and will not go back, asks, applies, checks and tags.
 * It is a new apply forward, of old inputs. The scaler stays paused: resuming is a decision of its own, because its next
 * run would undo the rollback. A rollback that changed nothing leaves the scaler as it was.
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
    const planned = await planFrom(manifest, checkout, request, ports);
    if (planned.change === null) return null;
    if (!(await ports.confirm())) {
      ports.say('Not confirmed: nothing was changed.');
      return null;
    }
    isTouched = true;
    return await applyRollback(planned.change, manifest, checkout, request, ports);
  } finally {
    if (!isTouched && !wasPaused) {
      await ports.flags.lower('paused');
      ports.say('The scaler goes on as before.');
    }
  }
}

async function planFrom(
  manifest: Manifest,
  checkout: SnapshotCheckout,
  request: RollbackRequest,
  ports: RollbackPorts,
): Promise<PlannedRollback> {
  await checkArtifacts(manifest.artifacts, ports.readChecksum);
  const inForce = await ports.scalingFile.read();
  if (inForce === null)
    throw new DeploymentError(`${ports.scalingFile.name} is gone: restore its last good version. Nothing was planned.`);
  const current = parseTfvars(inForce.text);
  const live = await ports.live(Object.keys(current.scaling.channels));
  const { scaling, lifted } = liftRatchets(parseTfvars(JSON.stringify(manifest.scaling)), current, live);
  const change = await planChange(
    {
      environment: request.environment,
      mode: 'rollback',
      commit: manifest.commit,
      roots: terraformRoots,
      scalingText: serialiseTfvars(scaling),
      variableFiles: checkout.variableFiles,
    },
    { ...ports, ...checkout.ports },
  );
  ports.print(explainRollback(request.to, manifest, change, lifted));
  return { manifest, change, lifted };
}

async function applyRollback(
  { digest }: ReviewedChange,
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
