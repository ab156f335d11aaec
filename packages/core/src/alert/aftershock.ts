import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import type { AlertPolicy } from './alert-policy.ts';

const dayMs = 86_400_000;

/** Subsurface rupture length in km by Wells and Coppersmith 1994 (Bull. Seism. Soc. Am. 84, 974-1002), all slip types. */
export const ruptureLengthKm = (magnitude: number): number => 10 ** (-2.44 + 0.59 * magnitude);

/** The longest time that a policy damps aftershocks for, days. */
export const longestDampingDays = ({ aftershocks }: AlertPolicy): number =>
  Math.max(...aftershocks.days.map(({ days }) => days));

/** The mainshock near which an earthquake is only one of many aftershocks; undefined: it stands for itself. */
export function mainshockBefore(
  { hypocentre, magnitude }: Pick<Bulletin, 'hypocentre' | 'magnitude'>,
  mainshocks: readonly Mainshock[],
  policy: AlertPolicy,
): Mainshock | undefined {
  const { smallerBy, ruptureLengths } = policy.aftershocks;
  return mainshocks.find((mainshock) => {
    const afterMs = hypocentre.originTimeMs - mainshock.hypocentre.originTimeMs;
    return (
      // Rounded to what magnitudes are given to: 7.3 - 5.3 is not quite 2 in binary.
      Math.round((mainshock.magnitude - magnitude) * 100) >= smallerBy * 100 &&
      afterMs > 0 &&
      afterMs <= dampingDays(mainshock, policy) * dayMs &&
      epicentralDistanceKm(hypocentre, mainshock.hypocentre) <= ruptureLengths * ruptureLengthKm(mainshock.magnitude)
    );
  });
}

const dampingDays = ({ magnitude }: Mainshock, { aftershocks }: AlertPolicy): number =>
  aftershocks.days
    .filter(({ fromMagnitude }) => magnitude >= fromMagnitude)
    .toSorted((a, b) => b.fromMagnitude - a.fromMagnitude)[0]?.days ?? 0;
