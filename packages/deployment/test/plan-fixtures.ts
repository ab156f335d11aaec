import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type ResourceChange, type TerraformPlan, terraformPlanSchema } from '../src/guard/terraform-plan.ts';

/** A plan that Terraform made (fixtures/README.md), as it printed it. */
export function readPlanFixture(name: string): Record<string, unknown> {
  return JSON.parse(gunzipSync(readFileSync(new URL(`../fixtures/plans/${name}.json.gz`, import.meta.url))).toString());
}

/** The same, parsed. */
export const parsePlanFixture = (name: string): TerraformPlan => terraformPlanSchema.parse(readPlanFixture(name));

/** The same plan with this one change only, everything else of it as it is. */
export function onlyChange(name: string, { address }: ResourceChange): Record<string, unknown> {
  const plan = readPlanFixture(name);
  const changes = plan.resource_changes as { address: string }[];
  return { ...plan, resource_changes: changes.filter((change) => change.address === address) };
}
