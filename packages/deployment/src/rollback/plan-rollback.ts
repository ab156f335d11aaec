import { parseTfvars, serialiseTfvars } from '@quakewire/scaling';
import type { ApplyPorts } from '../change/apply-change.ts';
import { planChange } from '../change/plan-change.ts';
import type { ReviewedChange } from '../change/reviewed-change.ts';
import { DeploymentError } from '../deployment-error.ts';
import { type TerraformRoot, terraformRoots } from '../ports.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import type { SnapshotPorts } from '../snapshot/take-snapshot.ts';
import { checkArtifacts, type ReadChecksum } from './check-artifacts.ts';
import { explainRollback } from './explain-rollback.ts';
import { type Lifted, liftRatchets } from './lift-ratchets.ts';

export interface RollbackTarget {
  environment: string;
  /** Name of the snapshot to go back to. */
  to: string;
}

/** The checkout of a snapshot's commit, with that snapshot's inputs. */
export interface SnapshotCheckout {
  ports: Pick<ApplyPorts, 'terraform'> & Pick<SnapshotPorts, 'terraformVersion' | 'providerLock' | 'state'>;
  variableFiles(root: TerraformRoot): readonly string[];
}

export interface PlanRollbackPorts extends Omit<ApplyPorts, 'terraform'>, Pick<SnapshotPorts, 'tags' | 'live'> {
  readChecksum: ReadChecksum;
  /** Terraform's code as it was, the provider locks of the manifest beside it, its artifacts in a variable file. */
  checkOut(manifest: Manifest): Promise<SnapshotCheckout>;
  print(text: string): void;
}

export interface PlannedRollback {
  manifest: Manifest;
  /** Null: everything is as it was then. */
  change: ReviewedChange | null;
  lifted: Lifted[];
}

/**
 * What going back would do, stored for its apply as any reviewed change is; nothing that is in force is touched.
 * @throws {UnusableSnapshotError} For a snapshot that does not exist or cannot be used.
 * @throws {DeploymentError} When zips are gone, the guard refuses the plan, or Terraform cannot plan.
 */
export async function planRollback(target: RollbackTarget, ports: PlanRollbackPorts): Promise<PlannedRollback> {
  const manifest = await readSnapshot(target.to, target.environment, ports.tags);
  return await planFrom(manifest, await ports.checkOut(manifest), target, ports);
}

export async function planFrom(
  manifest: Manifest,
  checkout: SnapshotCheckout,
  { environment, to }: RollbackTarget,
  ports: PlanRollbackPorts,
): Promise<PlannedRollback> {
  const { scalingText, lifted } = await liftSizing(manifest, ports);
  const change = await planChange(
    {
      ...{ environment, mode: 'rollback', commit: manifest.commit, roots: terraformRoots, scalingText },
      variableFiles: checkout.variableFiles,
    },
    { ...ports, ...checkout.ports },
  );
  ports.print(explainRollback(to, manifest, change, lifted));
  return { manifest, change, lifted };
}

/** The snapshot's sizing with what only grows as it is today; its zips must all be there. */
export async function liftSizing(
  manifest: Manifest,
  ports: Pick<PlanRollbackPorts, 'readChecksum' | 'scalingFile' | 'live'>,
): Promise<{ scalingText: string; lifted: Lifted[] }> {
  await checkArtifacts(manifest.artifacts, ports.readChecksum);
  const inForce = await ports.scalingFile.read();
  if (inForce === null)
    throw new DeploymentError(`${ports.scalingFile.name} is gone: restore its last good version. Nothing was planned.`);
  const current = parseTfvars(inForce.text);
  const live = await ports.live(Object.keys(current.scaling.channels));
  const { scaling, lifted } = liftRatchets(parseTfvars(JSON.stringify(manifest.scaling)), current, live);
  return { scalingText: serialiseTfvars(scaling), lifted };
}
