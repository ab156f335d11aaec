import { DeploymentError, StaleChangeError } from '../deployment-error.ts';
import type { ChangePorts } from './change-ports.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { readStateOfRoot } from './state-of-root.ts';
import { digestOf } from './store-change.ts';

const maximumAgeMs = 30 * 60_000;

/** Where a change is to be applied. */
export interface ApplyPlace {
  environment: string;
  /** Commit of this checkout. */
  commit: string;
}

/** @throws {DeploymentError} When the change is meant for elsewhere: no new plan mends that. */
export function checkPlace({ environment, commit }: ReviewedChange, place: ApplyPlace): void {
  if (environment !== place.environment)
    throw new DeploymentError(`The change was reviewed for ${environment}, not for ${place.environment}.`);
  if (commit !== place.commit)
    throw new DeploymentError(`The change was planned at commit ${commit}; this checkout is ${place.commit}.`);
}

/** @throws {StaleChangeError} When time, state or scaling file have moved on since the review. */
export async function checkFreshness(change: ReviewedChange, ports: ChangePorts): Promise<void> {
  const ageMs = ports.nowMs() - Date.parse(change.createdAt);
  if (ageMs > maximumAgeMs || ageMs < -maximumAgeMs)
    throw new StaleChangeError(`The plan is ${Math.round(ageMs / 60_000)} minutes old; 30 are allowed.`);
  const inForce = await ports.scalingFile.read();
  if ((inForce === null ? null : digestOf(inForce.text)) !== change.scalingInForceSha256)
    throw new StaleChangeError(`${ports.scalingFile.name} changed after the plan was made.`);
  for (const { root, stateSerial, stateLineage } of change.plans) {
    const now = await readStateOfRoot(ports.terraform, root);
    if (now.stateSerial !== stateSerial || now.stateLineage !== stateLineage)
      throw new StaleChangeError(
        `${root}: its state is at serial ${now.stateSerial}, the plan was made at ${stateSerial}.`,
      );
  }
}
