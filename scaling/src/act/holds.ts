import type { Sizing } from '../decide/sizing.ts';
import { explainReason } from '../report/explain-reason.ts';

/** Why a run is red although what could be trusted was applied: a sentence for each held channel. */
export function holdsOf({ reasons }: Sizing): string[] {
  return reasons.filter(({ code }) => code.startsWith('HELD_')).map(explainReason);
}
