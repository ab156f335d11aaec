import { matchesPath, printPath } from './field-path.ts';
import { type LeafChange, leafChanges } from './leaf-changes.ts';
import { sizingFields } from './sizing-fields.ts';
import type { ResourceChange, TerraformPlan } from './terraform-plan.ts';
import type { GuardMode, Refusal } from './verdict.ts';
import { whatIsLost } from './what-is-lost.ts';

/**
 * What was changed outside of Terraform. It is no change of this plan, but the plan may silently undo it: in a field that
 * sizing runs write, that stops a sizing run. Where the plan leaves the new value alone (an apply that was killed had
 * already made it, partitions that a person added), and everywhere else, it is only said.
 */
export function checkDrift(plan: TerraformPlan, mode: GuardMode): { refusals: Refusal[]; notes: string[] } {
  const refusals: Refusal[] = [];
  const notes: string[] = [];
  for (const drifted of plan.resource_drift) {
    const { address, type, change } = drifted;
    if (change.actions.includes('delete')) {
      const sentence = `${address} was removed outside of Terraform: find out why before anything makes it anew, empty.`;
      if (mode === 'scale' || type in whatIsLost) refusals.push({ address, action: 'drift', field: '', sentence });
      else notes.push(sentence);
      continue;
    }
    const leaves = leafChanges(change);
    const undone = leaves.filter((leaf) => isSized(type, leaf) && isUndone(leaf, plan.resource_changes, address));
    if (mode === 'scale') refusals.push(...undone.map((leaf) => refuseUndoing(address, leaf)));
    const fields = leaves.map(({ path }) => printPath(path)).join(', ');
    if (fields !== '') notes.push(`${address} was changed outside of Terraform: ${fields}.`);
  }
  return { refusals, notes };
}

function refuseUndoing(address: string, { path }: LeafChange): Refusal {
  const field = printPath(path);
  const sentence = `${address}: ${field} was changed outside of Terraform, and this plan would undo it: find out who did it, then apply or revert it by hand.`;
  return { address, action: 'drift', field, sentence };
}

const isSized = (type: string, { path }: LeafChange): boolean =>
  sizingFields[type]?.fields.some(({ pattern }) => matchesPath(path, pattern)) ?? false;

function isUndone({ path }: LeafChange, changes: readonly ResourceChange[], address: string): boolean {
  const change = changes.find((candidate) => candidate.address === address)?.change;
  if (change === undefined) return false;
  const field = printPath(path);
  return leafChanges(change).some((leaf) => printPath(leaf.path) === field);
}
