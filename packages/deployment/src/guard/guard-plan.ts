import { checkActions } from './check-actions.ts';
import { checkDrift } from './check-drift.ts';
import { checkFields } from './check-fields.ts';
import { checkPlan } from './check-plan.ts';
import { printPath } from './field-path.ts';
import { leafChanges } from './leaf-changes.ts';
import { terraformPlanSchema } from './terraform-plan.ts';
import type { TouchedResource } from './touched-resource.ts';
import type { FieldChange, GuardMode, GuardVerdict } from './verdict.ts';

/**
 * Decides whether a plan may be applied in this mode: pure, on the parsed output of `terraform show -json PLAN`. Nothing
 * passes that is not on a list; a plan with a delete, replacement, forget, move or import never does, in any mode.
 * @param planJson Anything: what is not a plan of a known format is refused, not thrown.
 */
export function guardPlan(planJson: unknown, mode: GuardMode): GuardVerdict {
  const parsed = terraformPlanSchema.safeParse(planJson);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = printPath((issue?.path ?? []).map((step) => (typeof step === 'symbol' ? String(step) : step)));
    const sentence = `plan: ${field || 'content'}: ${issue?.message}; the guard knows plans of Terraform 1.11 (format 1.x) only.`;
    return { allowed: false, refusals: [{ address: 'plan', action: 'read', field, sentence }], changes: [], notes: [] };
  }
  const plan = parsed.data;
  const touched = plan.resource_changes
    .filter(({ mode: kind, change }) => kind === 'managed' && change.actions.join() !== 'no-op')
    .map((resource) => ({ resource, leaves: leafChanges(resource.change) }));
  const drift = checkDrift(plan, mode);
  const refusals = [
    ...checkPlan(plan, touched, mode),
    ...checkActions(plan.resource_changes, mode),
    ...checkFields(touched, mode),
    ...drift.refusals,
  ];
  return { allowed: refusals.length === 0, refusals, changes: touched.flatMap(fieldChanges), notes: drift.notes };
}

function fieldChanges({ resource: { address }, leaves }: TouchedResource): FieldChange[] {
  return leaves.map(({ path, before, after }) => ({ address, field: printPath(path), before: before ?? null, after }));
}
