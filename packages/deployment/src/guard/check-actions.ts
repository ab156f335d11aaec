import { printPath } from './field-path.ts';
import type { ResourceChange } from './terraform-plan.ts';
import type { GuardMode, Refusal } from './verdict.ts';
import { lossOf } from './what-is-lost.ts';

const byHand = 'No workflow does this; if it must be, a person runs Terraform by hand.';

/** Refuses every action but an update, and outside of sizing runs a create: by name, not by what is absent. */
export function checkActions(changes: readonly ResourceChange[], mode: GuardMode): Refusal[] {
  return changes.flatMap((resource) => [...refuseOrigin(resource), ...refuseAction(resource, mode)]);
}

/** Moves, imports and deposed objects, also where nothing else changes. */
function refuseOrigin({ address, previous_address, deposed, change }: ResourceChange): Refusal[] {
  const refusals: Refusal[] = [];
  if (previous_address !== undefined)
    refusals.push({
      address,
      action: 'move',
      field: '',
      sentence: `${previous_address} would move to ${address}: a mistaken move deletes. ${byHand}`,
    });
  if (change.importing !== undefined)
    refusals.push({
      address,
      action: 'import',
      field: '',
      sentence: `${address} would take over something made elsewhere. ${byHand}`,
    });
  if (deposed !== undefined)
    refusals.push({
      address,
      action: 'delete',
      field: '',
      sentence: `${address} holds a leftover (${deposed}) of a replacement that was interrupted. ${byHand}`,
    });
  return refusals;
}

function refuseAction(resource: ResourceChange, mode: GuardMode): Refusal[] {
  const { address, change, action_reason: reason, mode: kind } = resource;
  const actions = change.actions.join('+');
  const refuse = (action: string, sentence: string, field = ''): Refusal[] => [{ address, action, field, sentence }];
  const because = reason === undefined ? '' : ` (${reason})`;
  if (actions === 'no-op' || (actions === 'read' && kind === 'data')) {
    return change.replace_paths === undefined
      ? []
      : refuse('replace', `${address} names fields that replace it. ${byHand}`);
  }
  if (actions === 'update' && kind === 'managed' && change.replace_paths === undefined) return [];
  if (actions === 'create' && kind === 'managed' && change.replace_paths === undefined) {
    return mode === 'scale' ? refuse('create', sentenceForCreate(resource)) : [];
  }
  if (actions === 'delete')
    return refuse('delete', `${address} would be deleted${because}: ${lossOf(resource.type)}. ${byHand}`);
  if (actions === 'forget')
    return refuse('forget', `${address} would be forgotten, and nothing would look after it any more. ${byHand}`);
  if (actions.includes('delete') || change.replace_paths !== undefined) {
    const field = (change.replace_paths ?? [])
      .map((path) => printPath(Array.isArray(path) ? path : [String(path)]))
      .join(', ');
    const cause = field === '' ? because : `, because ${field} cannot change in place`;
    return refuse(
      'replace',
      `${address} would be deleted and made anew${cause}: ${lossOf(resource.type)}. ${byHand}`,
      field,
    );
  }
  return refuse(actions, `${address}: the guard does not know the action ${actions}. ${byHand}`);
}

function sentenceForCreate({ address, type }: ResourceChange): string {
  const hint =
    type === 'aws_lambda_provisioned_concurrency_config'
      ? ' The first warm worker of a channel makes a new resource.'
      : '';
  return `${address} would be made; a sizing run makes nothing.${hint} Plan the same sizing in the mode deploy, which a person approves.`;
}
