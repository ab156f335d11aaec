import type { ReviewedChange } from './reviewed-change.ts';

/**
 * What a plan made anew would do that nobody reviewed: fields that it moves from or to other values than the reviewed plan
 * did. What was done meanwhile may be absent; what another run has set meanwhile may not be undone.
 */
export function exceeds(anew: ReviewedChange, reviewed: ReviewedChange): string[] {
  const allowed = new Set(effects(reviewed));
  return effects(anew).filter((effect) => !allowed.has(effect));
}

const effects = ({ plans }: ReviewedChange): string[] =>
  plans.flatMap(({ changes }) =>
    changes.map(({ address, field, before, after }) => `${address} ${field} from ${show(before)} to ${show(after)}`),
  );

const show = (value: unknown): string => (value === undefined ? 'what only the apply knows' : JSON.stringify(value));
