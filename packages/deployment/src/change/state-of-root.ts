import * as z from 'zod';
import type { Terraform, TerraformRoot } from '../ports.ts';
import { ask } from '../terraform-answers.ts';

const stateSchema = z.looseObject({ serial: z.int().min(0), lineage: z.string() });

/** Which state a root has now: both null before its first apply. */
export interface StateOfRoot {
  stateSerial: number | null;
  stateLineage: string | null;
}

export async function readStateOfRoot(terraform: Terraform, root: TerraformRoot): Promise<StateOfRoot> {
  const { output } = await ask(terraform, root, ['state', 'pull']);
  if (output.trim() === '') return { stateSerial: null, stateLineage: null };
  const { serial, lineage } = stateSchema.parse(JSON.parse(output));
  return { stateSerial: serial, stateLineage: lineage };
}
