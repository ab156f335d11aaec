import type { Observation } from './observation.ts';
import type { Reason, ReasonCode } from './reason.ts';

const flags = [
  ['paused', 'FROZEN_PAUSED'],
  ['alertInFlight', 'FROZEN_ALERT'],
  ['deployInFlight', 'FROZEN_DEPLOY'],
  ['drillInFlight', 'FROZEN_DRILL'],
] as const satisfies [keyof Observation, ReasonCode][];

/** What forbids deciding anything now. Only the literal `false` lets a run go on: a flag that is missing counts as set. */
export function frozenReasons(observation: Observation): Reason[] {
  return flags.filter(([flag]) => observation[flag] !== false).map(([, code]) => ({ code }));
}
