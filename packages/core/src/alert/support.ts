import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Earthquake } from '../earthquake/earthquake.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import { isInside } from '../place/box.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import { type AlertPolicy, type Belief, beliefIn } from './alert-policy.ts';
import { isAnnounced } from './announced.ts';
import type { Circumstances } from './propose-alert.ts';

/** Why a solution is not believed, for now. */
export type Doubt =
  | 'sourceNotBelieved'
  | 'needsSecondSource'
  | 'tooFewStations'
  | 'outsideNetwork'
  | 'solutionsDisagree'
  | 'perhapsPhantom';

/** What the preferred solution may cause at most, by who located it and who else did. */
export type Support = { upTo: 'earlyWarning' | 'notification' } | { doubt: Doubt };

/**
 * Whether policy believes an earthquake's preferred solution: trust by source and network, stations, a second source,
 * contradicting locations, phantoms drawn by the waves of a great earthquake elsewhere, and what announced its S wave.
 */
export function supportOf(
  earthquake: Earthquake,
  policy: AlertPolicy,
  { mainshocks, signals = [] }: Pick<Circumstances, 'mainshocks' | 'signals'>,
): Support {
  const { preferred } = earthquake;
  const belief = beliefIn(preferred, policy);
  if (!belief) return { doubt: 'sourceNotBelieved' };
  const others = otherSources(earthquake, policy);
  const isReviewed = preferred.status === 'reviewed';
  if (!isReviewed && others.some((other) => apartKm(other, preferred) > policy.largestDisagreementKm))
    return { doubt: 'solutionsDisagree' };
  const isConfirmed = isReviewed || others.length > 0 || isAnnounced(preferred, signals, policy);
  const doubt = isConfirmed ? undefined : doubtOfOneAlone(earthquake, belief, policy, mainshocks);
  if (doubt) return { doubt };
  return { upTo: mayWarn(preferred, belief) ? 'earlyWarning' : 'notification' };
}

const apartKm = (a: Bulletin, b: Bulletin): number => epicentralDistanceKm(a.hypocentre, b.hypocentre);

const otherSources = ({ bulletins, preferred }: Earthquake, policy: AlertPolicy): Bulletin[] =>
  bulletins.filter(
    (bulletin) =>
      bulletin.source !== preferred.source && bulletin.status !== 'deleted' && beliefIn(bulletin, policy) !== undefined,
  );

function doubtOfOneAlone(
  { id, preferred }: Earthquake,
  belief: Belief,
  { phantoms }: AlertPolicy,
  mainshocks: readonly Mainshock[],
): Doubt | undefined {
  const { stations } = preferred;
  if (belief.secondSource) return 'needsSecondSource';
  if (stations !== undefined && stations < belief.minimumStations) return 'tooFewStations';
  if (belief.area && !isInside(preferred.hypocentre, belief.area)) return 'outsideNetwork';
  if (preferred.exercise || (stations ?? 0) >= phantoms.enoughStations) return undefined;
  const passing = mainshocks.some(
    (mainshock) =>
      mainshock.earthquakeId !== id &&
      mainshock.magnitude >= phantoms.mainshockMagnitude &&
      wavesPass(mainshock, preferred),
  );
  return passing ? 'perhapsPhantom' : undefined;
}

/** Between the fastest P waves through the mantle and the slowest surface waves; a little before, for errors of time. */
const fastestKmS = 14;
const slowestKmS = 2.5;
const timeErrorSeconds = 5;
/** Nearer ones are the mainshock's own aftershocks, which are real. */
const nearKm = 200;

function wavesPass(mainshock: Mainshock, { hypocentre }: Bulletin): boolean {
  const distanceKm = epicentralDistanceKm(mainshock.hypocentre, hypocentre);
  const afterSeconds = (hypocentre.originTimeMs - mainshock.hypocentre.originTimeMs) / 1000;
  return (
    distanceKm > nearKm &&
    afterSeconds >= distanceKm / fastestKmS - timeErrorSeconds &&
    afterSeconds <= distanceKm / slowestKmS
  );
}

/** For an early warning the number of stations must be told. */
const mayWarn = ({ hypocentre, stations }: Bulletin, { earlyWarning, minimumStations, area }: Belief): boolean =>
  earlyWarning && (stations ?? 0) >= minimumStations && (area === undefined || isInside(hypocentre, area));
