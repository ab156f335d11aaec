import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Earthquake } from '../earthquake/earthquake.ts';
import type { OperatorRequest, Solution } from './request.ts';

/**
 * What operators ask for as a bulletin: of a new earthquake under the request's own id, of a known one under all of its
 * ids. A drill is an exercise, an issue is none, and what names an earthquake is what that is: nothing else can say so.
 * @returns undefined when the request names an earthquake and `known` is none.
 */
export function bulletinOf(
  request: OperatorRequest,
  known: Earthquake | undefined,
  receivedAtMs: number,
): Bulletin | undefined {
  const { asked, id, requestedAtMs } = request;
  const own = { source: 'operator' as const, id, version: requestedAtMs, magnitudeType: '', receivedAtMs };
  if (asked.kind === 'issue')
    return { ...own, ...located(asked.solution, asked.originTimeMs), ids: [id], exercise: false };
  if (asked.kind === 'drill') return { ...own, ...located(asked.solution, asked.startAtMs), ids: [id], exercise: true };
  if (!known) return undefined;
  const { hypocentre, magnitude, region, exercise } = known.preferred;
  const ids = [...new Set([id, ...known.bulletins.flatMap((bulletin) => bulletin.ids)])];
  if (asked.kind === 'update') return { ...own, ...located(asked.solution, hypocentre.originTimeMs), ids, exercise };
  const status = asked.kind === 'cancel' ? 'deleted' : 'over';
  return { ...own, hypocentre, magnitude, region, status, ids, exercise };
}

const located = (
  { latitude, longitude, depthKm, magnitude, region }: Solution,
  originTimeMs: number,
): Pick<Bulletin, 'hypocentre' | 'magnitude' | 'region' | 'status'> => ({
  hypocentre: { originTimeMs, latitude, longitude, depthKm },
  ...{ magnitude, region, status: 'reviewed' },
});
