import * as z from 'zod';

const leafMarks = z.unknown();

/** Closed: a word that this guard does not know may mean a change that it does not see. */
const change = z.strictObject({
  actions: z.array(z.string()),
  before: z.unknown(),
  after: z.unknown().optional(),
  after_unknown: leafMarks.optional(),
  before_sensitive: leafMarks.optional(),
  after_sensitive: leafMarks.optional(),
  replace_paths: z.array(z.unknown()).optional(),
  importing: z.unknown().optional(),
  generated_config: z.unknown().optional(),
});

const resourceChange = z.strictObject({
  address: z.string(),
  previous_address: z.string().optional(),
  module_address: z.string().optional(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  deposed: z.string().optional(),
  provider_name: z.string(),
  change,
  action_reason: z.string().optional(),
});

const check = z.looseObject({
  address: z.looseObject({ kind: z.string(), to_display: z.string() }),
  status: z.enum(['pass', 'fail', 'error', 'unknown']),
});

/** Parts that hold inputs and results only, or repeat what `resource_changes` says. */
const unread = z.unknown().optional();

/**
 * `terraform show -json PLAN` (https://developer.hashicorp.com/terraform/internals/json-format), format 1.x of Terraform
 * 1.11. A refresh-only plan has no `resource_changes`.
 */
export const terraformPlanSchema = z.strictObject({
  format_version: z.string().regex(/^1\./),
  terraform_version: z.string(),
  errored: z.boolean(),
  complete: z.boolean(),
  applyable: z.boolean(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  deferred_changes: z.array(z.unknown()).default([]),
  output_changes: z.record(z.string(), change).default({}),
  checks: z.array(check).default([]),
  variables: unread,
  planned_values: unread,
  prior_state: unread,
  configuration: unread,
  relevant_attributes: unread,
  timestamp: unread,
});

export type TerraformPlan = z.output<typeof terraformPlanSchema>;
export type ResourceChange = z.output<typeof resourceChange>;
export type Change = z.output<typeof change>;
