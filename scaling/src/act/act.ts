import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Observation } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { Policy } from '../decide/policy.ts';
import type { Sizing } from '../decide/sizing.ts';
import { readTfvars } from './read-tfvars.ts';
import { refuseLoss } from './refuse-loss.ts';
import { readTextIfThere, writeTextAtomically } from './text-file.ts';
import { serialiseTfvars, type Tfvars } from './tfvars.ts';
import { toTfvars } from './to-tfvars.ts';

export type TerraformRoot = 'topics' | 'pipeline';

/** Runs Terraform in one root. Rejects when the command fails. */
export type RunTerraform = (root: TerraformRoot, args: string[]) => Promise<unknown>;

export interface ActInput {
  sizing: Sizing;
  policy: Policy;
  observation?: Observation;
  /** The sizing in force. It is replaced only after Terraform applied the new one. */
  tfvarsFile: string;
  runTerraform: RunTerraform;
  /** Further variable files a root, given before the sizing. */
  variableFiles?: (root: TerraformRoot) => string[];
  say(sentence: string): void;
}

/**
 * Applies a sizing: topics first, because an active partition must exist before anything writes to it, then the
 * pipeline, and only then does the file in force change. An apply that dies half-way leaves the old file, so that the
 * next run applies again.
 * @returns Whether anything was applied.
 * @throws {ActError} When the sizing would take away what is in force; nothing is written then.
 */
export async function act(input: ActInput): Promise<boolean> {
  const { sizing, policy, observation, tfvarsFile, say } = input;
  if (sizing.verdict === 'frozen' || sizing.verdict === 'hold' || sizing.capacity === null) {
    say(`${sizing.verdict}: ${tfvarsFile} stays as it is, Terraform is not called.`);
    return false;
  }
  const inForce = readTfvars(tfvarsFile);
  const next = toTfvars(sizing, policy, { inForce, ...(observation && { observation }) });
  refuseLoss(next, inForce, sizing);
  const text = serialiseTfvars(next);
  if (text === readTextIfThere(tfvarsFile)) {
    say(`No change: ${tfvarsFile} stays as it is, Terraform is not called.`);
    return false;
  }
  await applyNext(input, next, inForce, text);
  say(`Applied; ${tfvarsFile} is in force.`);
  return true;
}

async function applyNext(input: ActInput, next: Tfvars, inForce: Tfvars | null, text: string): Promise<void> {
  const { tfvarsFile, runTerraform, variableFiles, say } = input;
  // Terraform reads JSON only from a name that ends so.
  const pending = join(dirname(resolve(tfvarsFile)), 'scaling.pending.tfvars.json');
  writeTextAtomically(pending, text);
  try {
    const roots: TerraformRoot[] = samePartitions(next, inForce) ? ['pipeline'] : ['topics', 'pipeline'];
    for (const root of roots) {
      say(`Applying ${root} ...`);
      const files = [...(variableFiles?.(root) ?? []), pending].map((file) => `-var-file=${file}`);
      await runTerraform(root, ['apply', '-input=false', '-auto-approve', '-lock-timeout=60s', ...files]);
    }
    writeTextAtomically(tfvarsFile, text);
  } finally {
    rmSync(pending, { force: true });
  }
}

/** The topics hold nothing but partitions: when those stay, a Kafka outage must not block a change of the pipeline. */
function samePartitions(next: Tfvars, inForce: Tfvars | null): boolean {
  const channels = Object.entries(next.scaling.channels);
  return channels.every(
    ([name, channel]) => ownValue(inForce?.scaling.channels, name)?.partitions === channel.partitions,
  );
}
