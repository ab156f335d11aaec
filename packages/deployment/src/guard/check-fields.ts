import { matchesPath, printPath } from './field-path.ts';
import { breaks, guardedFields, knownTypes } from './guarded-fields.ts';
import type { LeafChange } from './leaf-changes.ts';
import { movedByMemory, sizingFields } from './sizing-fields.ts';
import type { TouchedResource } from './touched-resource.ts';
import type { GuardMode, Refusal } from './verdict.ts';

/** Refuses every changed field that this mode may not change, and every value that it may not take. */
export function checkFields(touched: readonly TouchedResource[], mode: GuardMode): Refusal[] {
  if (mode !== 'scale') return touched.flatMap(checkDeployed);
  const updated = touched.filter(({ resource }) => resource.change.actions.join() === 'update');
  return [...updated.flatMap((one) => checkSized(one, updated)), ...refuseMemoryWithWarm(updated)];
}

function checkDeployed({ resource, leaves }: TouchedResource): Refusal[] {
  const { address, type, change } = resource;
  const action = change.actions.join('+');
  if (!knownTypes.has(type)) {
    const sentence = `${address}: nobody has said yet what a ${type} may lose. Add the type to the guard's list first.`;
    return [{ address, action, field: '', sentence }];
  }
  // What is made new has nothing to lose.
  if (action === 'create') return [];
  const refusals = refuseSensitive(address, leaves);
  for (const leaf of leaves) {
    const broken = guardedFields[type]?.find((rule) => matchesPath(leaf.path, rule.pattern) && breaks(rule, leaf));
    if (broken) refusals.push(refuseField(address, leaf, `${broken.otherwise}. No workflow does this.`));
  }
  return refusals;
}

function checkSized({ resource, leaves }: TouchedResource, updated: readonly TouchedResource[]): Refusal[] {
  const { address, type } = resource;
  if (leaves.length === 0) {
    const sentence = `${address} would be updated, but the plan does not show in what: nobody can review it.`;
    return [{ address, action: 'update', field: '', sentence }];
  }
  const allowed = sizingFields[type];
  const isTheOne = allowed?.address === undefined || allowed.address === address;
  return leaves.flatMap((leaf): Refusal[] => {
    if (leaf.sensitive) return refuseSensitive(address, [leaf]);
    const rule = isTheOne ? allowed?.fields.find(({ pattern }) => matchesPath(leaf.path, pattern)) : undefined;
    if (rule) return breaks(rule, leaf) ? [refuseField(address, leaf, `${rule.otherwise}.`)] : [];
    const field = printPath(leaf.path);
    if (leaf.unknown && allowed?.computed?.includes(field)) return [];
    if (leaf.unknown && movedByMemory[type]?.includes(field) && changesMemory(resource.module_address, updated))
      return [];
    return [refuseField(address, leaf, 'a sizing run does not touch it. Deploy what changed it first.')];
  });
}

function refuseSensitive(address: string, leaves: readonly LeafChange[]): Refusal[] {
  return leaves
    .filter(({ sensitive }) => sensitive)
    .map((leaf) => refuseField(address, leaf, 'it is secret, and nobody could review it.'));
}

/** A function, its alias and its version stand in one module. */
function changesMemory(moduleAddress: string | undefined, updated: readonly TouchedResource[]): boolean {
  return updated.some(
    ({ resource, leaves }) =>
      resource.type === 'aws_lambda_function' &&
      resource.module_address === moduleAddress &&
      leaves.some(({ path }) => printPath(path) === 'memory_size'),
  );
}

/** While an alias moves, AWS splits its traffic for a time, and refuses any change of warm workers meanwhile. */
function refuseMemoryWithWarm(updated: readonly TouchedResource[]): Refusal[] {
  const warm = updated.find(({ resource }) => resource.type === 'aws_lambda_provisioned_concurrency_config');
  if (warm === undefined || !changesMemory(warm.resource.module_address, updated)) return [];
  const { address } = warm.resource;
  const sentence = `${address}: warm workers and memory of one function cannot change in one apply: AWS refuses it while the alias moves.`;
  return [{ address, action: 'update', field: 'provisioned_concurrent_executions', sentence }];
}

function refuseField(
  address: string,
  { path, before, after, unknown, sensitive }: LeafChange,
  reason: string,
): Refusal {
  const field = printPath(path);
  const values = sensitive ? '' : ` from ${show(before)} to ${unknown ? 'what only the apply knows' : show(after)}`;
  return { address, action: 'update', field, sentence: `${address}: ${field} would change${values}; ${reason}` };
}

const longest = 60;

function show(value: unknown): string {
  const text = value === undefined || value === null ? 'nothing' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
