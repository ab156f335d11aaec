import type { Bulletin } from '../earthquake/bulletin.ts';
import type { ImminentSignal } from '../earthquake/imminent-signal.ts';
import { leadSeconds } from '../place/lead-time.ts';
import type { AlertPolicy } from './alert-policy.ts';

/**
 * Whether an early-warning system that policy names announced the S wave of this solution: at its place, when the
 * solution has it arrive there.
 */
export function isAnnounced(
  { hypocentre, exercise }: Bulletin,
  signals: readonly ImminentSignal[],
  { imminentSignals }: AlertPolicy,
): boolean {
  if (!imminentSignals || exercise) return false;
  const { sources, withinSeconds } = imminentSignals;
  return signals.some(
    ({ source, place, sArrivalMs }) =>
      sources.includes(source) && Math.abs(leadSeconds(hypocentre, place, sArrivalMs)) <= withinSeconds,
  );
}
