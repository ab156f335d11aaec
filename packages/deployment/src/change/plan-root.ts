import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guardPlan } from '../guard/guard-plan.ts';
import type { GuardMode, GuardVerdict } from '../guard/verdict.ts';
import type { Terraform, TerraformRoot } from '../ports.ts';
import { ask } from '../terraform-answers.ts';
import { readStateOfRoot, type StateOfRoot } from './state-of-root.ts';

export interface PlannedRoot extends StateOfRoot {
  root: TerraformRoot;
  terraformVersion: string;
  planFile: Uint8Array;
  verdict: GuardVerdict;
}

/** How long a plan or apply waits for another run to give the lock back: whoever waits longer plans for an older world. */
export const lockTimeout = '-lock-timeout=15s';

/**
 * Plans one root and lets the guard judge the plan.
 * @param folder Private folder for the plan file, which is removed again.
 * @returns Null when there is nothing to change.
 */
export async function planRoot(
  root: TerraformRoot,
  mode: GuardMode,
  variableFiles: readonly string[],
  folder: string,
  terraform: Terraform,
): Promise<PlannedRoot | null> {
  const file = join(folder, `${root}.tfplan`);
  // Before the plan: if another run applies in between, the serial is too old, never too new.
  const state = await readStateOfRoot(terraform, root);
  const inputs = variableFiles.map((name) => `-var-file=${name}`);
  try {
    const args = ['plan', '-input=false', '-detailed-exitcode', lockTimeout, `-out=${file}`, ...inputs];
    const { exitCode } = await ask(terraform, root, args, [0, 2]);
    if (exitCode === 0) return null;
    const { output } = await ask(terraform, root, ['show', '-json', file]);
    const plan = JSON.parse(output);
    const verdict = guardPlan(plan, mode);
    return {
      root,
      ...state,
      terraformVersion: String(plan.terraform_version),
      planFile: await readFile(file),
      verdict,
    };
  } finally {
    await rm(file, { force: true });
  }
}
