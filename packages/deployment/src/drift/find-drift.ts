import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planRoot } from '../change/plan-root.ts';
import type { GuardVerdict } from '../guard/verdict.ts';
import { type Terraform, type TerraformRoot, terraformRoots } from '../ports.ts';

export interface DriftPorts {
  terraform: Terraform;
  say(sentence: string): void;
}

/**
 * What a plan would change although nobody changed code or sizing: a line for each field or resource, never a value. Nothing
 * is mended.
 */
export async function findDrift(
  scalingText: string,
  variableFiles: (root: TerraformRoot) => readonly string[],
  { terraform, say }: DriftPorts,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quakewire-drift-'));
  try {
    const scalingFile = join(folder, 'scaling.auto.tfvars.json');
    await writeFile(scalingFile, scalingText);
    const lines: string[] = [];
    for (const root of terraformRoots) {
      say(`Planning ${root} ...`);
      const planned = await planRoot(root, 'deploy', [...variableFiles(root), scalingFile], folder, terraform);
      if (planned !== null) lines.push(...linesOf(root, planned.verdict));
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function linesOf(root: TerraformRoot, { changes, refusals, notes }: GuardVerdict): string[] {
  const fields = changes.map(({ address, field }) => `${root}: ${address}: ${field} differs.`);
  return [...new Set([...fields, ...refusals.map(({ sentence }) => `${root}: ${sentence}`), ...notes])];
}
