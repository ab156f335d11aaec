import type { ReviewedChange } from './reviewed-change.ts';

/**
 * What a plan made anew would do that nobody reviewed: fields that it moves to other values than the reviewed plan did.
 * What was done meanwhile may be absent.
 */
export function exceeds(anew: ReviewedChange, reviewed: ReviewedChange): string[] {
  const allowed = new Set(effects(reviewed));
  return effects(anew).filter((effect) => !allowed.has(effect));
}

const effects = ({ plans }: ReviewedChange): string[] =>
  plans.flatMap(({ changes }) =>
    changes.map(
      ({ address, field, after }) => `${address} ${field}${after === undefined ? '' : ` = ${JSON.stringify(after)}`}`,
    ),
  );
