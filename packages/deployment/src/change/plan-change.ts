import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeploymentError, RefusedPlanError } from '../deployment-error.ts';
import type { GuardMode } from '../guard/verdict.ts';
import { type TerraformRoot, terraformRoots, type VersionedText } from '../ports.ts';
import type { ChangePorts } from './change-ports.ts';
import { type PlannedRoot, planRoot } from './plan-root.ts';
import type { ReviewedChange, ReviewedChangeRecord } from './reviewed-change.ts';
import { digestOf, storeChange } from './store-change.ts';

export interface ChangeRequest {
  environment: string;
  mode: GuardMode;
  /** Commit of this checkout. */
  commit: string;
  roots: readonly TerraformRoot[];
  /** The scaling file that the change puts in force; without it the one in force stays. */
  scalingText?: string;
  /** The sizing to remember once the change is applied. */
  historyText?: string;
  /** Nothing is installed yet: the only case in which no scaling file need be in force. */
  isFirst?: boolean;
  /** Variable files of a root besides the scaling file, which comes last. */
  variableFiles(root: TerraformRoot): readonly string[];
  /** Channels that are held, a sentence each: the run ends red after the apply. */
  holds?: readonly string[];
}

/**
 * Plans every root, lets the guard judge each plan and stores what passed for the apply.
 * @returns Null when there is nothing to change: no apply then.
 * @throws {RefusedPlanError} With one sentence for each thing that the guard refuses; nothing is stored.
 * @throws {DeploymentError} Without a scaling file in force, or when Terraform cannot plan.
 */
export async function planChange(request: ChangeRequest, ports: ChangePorts): Promise<ReviewedChange | null> {
  const inForce = await ports.scalingFile.read();
  const scalingText = chooseScaling(request, inForce, ports.scalingFile.name);
  const planned = await planRoots(request, scalingText, ports);
  refuse(planned);
  if (planned.length === 0 && scalingText === inForce?.text) return null;
  const record: ReviewedChangeRecord = {
    schemaVersion: 1,
    environment: request.environment,
    mode: request.mode,
    createdAt: new Date(ports.nowMs()).toISOString(),
    commit: request.commit,
    terraformVersion: planned[0]?.terraformVersion ?? 'none',
    plans: planned.map(({ root, planFile, stateSerial, stateLineage, verdict }) => ({
      root,
      sha256: digestOf(planFile),
      stateSerial,
      stateLineage,
      changes: JSON.parse(JSON.stringify(verdict.changes)),
    })),
    scalingSha256: digestOf(scalingText),
    scalingInForceSha256: inForce === null ? null : digestOf(inForce.text),
    historySha256: request.historyText === undefined ? null : digestOf(request.historyText),
    holds: [...(request.holds ?? [])],
  };
  const planFiles = new Map(planned.map(({ root, planFile }) => [root, planFile]));
  return await storeChange(record, { planFiles, scalingText, historyText: request.historyText ?? null }, ports.store);
}

/** Fails closed: defaults in the place of a lost file would take capacity from a running installation. */
function chooseScaling(request: ChangeRequest, inForce: VersionedText | null, name: string): string {
  if (inForce === null && !request.isFirst)
    throw new DeploymentError(`${name} is gone: restore its last good version. Nothing was planned.`);
  if (inForce !== null && request.isFirst)
    throw new DeploymentError(`${name} exists, so this is not a first installation. Nothing was planned.`);
  const text = request.scalingText ?? inForce?.text;
  if (text === undefined) throw new DeploymentError('A first installation needs a scaling file.');
  return text;
}

async function planRoots(request: ChangeRequest, scalingText: string, ports: ChangePorts): Promise<PlannedRoot[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quakewire-plan-'));
  try {
    const scalingFile = join(folder, 'scaling.auto.tfvars.json');
    await writeFile(scalingFile, scalingText);
    const planned: PlannedRoot[] = [];
    for (const root of terraformRoots.filter((name) => request.roots.includes(name))) {
      ports.say(`Planning ${root} ...`);
      const files = [...request.variableFiles(root), scalingFile];
      const one = await planRoot(root, request.mode, files, folder, ports.terraform);
      if (one === null) ports.say(`${root}: nothing to change.`);
      else planned.push(one);
    }
    for (const note of planned.flatMap(({ verdict }) => verdict.notes)) ports.say(`Note: ${note}`);
    return planned;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuse(planned: readonly PlannedRoot[]): void {
  const refusals = planned.flatMap(({ verdict }) => verdict.refusals);
  if (refusals.length === 0) return;
  const sentences = refusals.map(({ sentence }) => `- ${sentence}`).join('\n');
  throw new RefusedPlanError(`The plan was refused; nothing was applied.\n${sentences}`);
}
