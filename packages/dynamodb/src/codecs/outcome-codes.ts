import { type Outcome, outcomes } from '@quakewire/core';
import { outcomeCodes } from '../attribute-names.ts';

const outcomeByCode = new Map(outcomes.map((outcome) => [outcomeCodes[outcome], outcome]));

/** One character, one byte, an endpoint. */
export const packOutcomes = (list: readonly Outcome[]): string => list.map((outcome) => outcomeCodes[outcome]).join('');

/** @throws when a code is not known here: a newer version wrote it, and guessing would break the sums. */
export function unpackOutcomes(packed: string): Outcome[] {
  return [...packed].map((code) => {
    const outcome = outcomeByCode.get(code);
    if (!outcome) throw new Error(`outcome code ${JSON.stringify(code)} is not known`);
    return outcome;
  });
}
