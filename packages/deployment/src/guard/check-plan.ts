import type { TerraformPlan } from './terraform-plan.ts';
import type { TouchedResource } from './touched-resource.ts';
import type { GuardMode, Refusal } from './verdict.ts';

/** A sizing run touches a handful of resources a channel, and there are at most ten channels. */
const maximumSizedResources = 60;
/** Outputs that follow from a sizing. */
const sizedOutputs: ReadonlySet<string> = new Set(['topics']);

/** What is wrong with the plan as a whole, whatever it changes. */
export function checkPlan(plan: TerraformPlan, touched: readonly TouchedResource[], mode: GuardMode): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (action: string, field: string, sentence: string) =>
    refusals.push({ address: 'plan', action, field, sentence });
  if (plan.errored) refuse('read', 'errored', 'Terraform could not finish this plan: mend the error that it printed.');
  if (!plan.complete || plan.deferred_changes.length > 0)
    refuse('read', 'complete', 'The plan leaves changes for later, which nobody could review: make it whole.');
  if (!plan.applyable && touched.length > 0)
    refuse('read', 'applyable', 'Terraform says itself that this plan cannot be applied: plan anew.');
  for (const check of plan.checks) {
    const name = check.address.to_display;
    if (check.status === 'pass' || (check.status === 'unknown' && touched.some(isExplainedBy(name)))) continue;
    refuse('check', name, `${name}: its check says ${check.status}: the plan's own conditions must hold.`);
  }
  if (mode !== 'scale') return refusals;
  if (touched.length > maximumSizedResources)
    refuse(
      'update',
      'resource_changes',
      `The plan changes ${touched.length} resources; a sizing run changes at most ${maximumSizedResources}.`,
    );
  for (const [name, { actions }] of Object.entries(plan.output_changes)) {
    const isAllowed = actions.join() === 'no-op' || (actions.join() === 'update' && sizedOutputs.has(name));
    if (!isAllowed)
      refuse(
        actions.join(),
        name,
        `The output ${name} would change, which no sizing does: deploy what changed it first.`,
      );
  }
  return refusals;
}

/** A condition on something that is known only after the apply: what it asks about must be in the plan itself. */
const isExplainedBy =
  (checked: string) =>
  ({ resource: { address } }: TouchedResource): boolean =>
    checked.startsWith('var.') ||
    address === checked ||
    address.startsWith(`${checked}[`) ||
    checked.startsWith(`${address}.`);
