import { epicentralDistanceKm } from '../place/geodesy.ts';
import type { Bulletin, Hypocentre } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';

interface Bounds {
  seconds: number;
  km: number;
}

/** Two solutions this close in origin time and place are the same earthquake, whoever reports them (USGS PDL's rule). */
const sameOrigin: Bounds = { seconds: 16, km: 100 };

/**
 * A shared id alone proves nothing: one id has stood in the lists of two earthquakes 6 h and 240 km apart. A first
 * location may be wrong by 450 km, though, and must stay with its corrections.
 */
const sameId: Bounds = { seconds: 60, km: 600 };

/** How far apart two origins are, in units of the bounds: 1 or less is within them. */
function separation(a: Hypocentre, b: Hypocentre, bounds: Bounds): number {
  const seconds = Math.abs(a.originTimeMs - b.originTimeMs) / 1000;
  // Great-circle distance holds at the poles and across the date line, where differences of degrees do not.
  return Math.max(seconds / bounds.seconds, epicentralDistanceKm(a, b) / bounds.km);
}

export const sharesId = (a: Bulletin, b: Bulletin): boolean => a.ids.some((id) => b.ids.includes(id));

/** Smallest separation between a bulletin and those of an earthquake. */
function nearest(bulletin: Bulletin, others: readonly Bulletin[], bounds: Bounds): number {
  return Math.min(...others.map((other) => separation(bulletin.hypocentre, other.hypocentre, bounds)));
}

function closest(
  candidates: readonly Earthquake[],
  separationOf: (earthquake: Earthquake) => number,
): Earthquake | undefined {
  const within = candidates
    .map((earthquake) => ({ earthquake, separation: separationOf(earthquake) }))
    .filter(({ separation }) => separation <= 1);
  within.sort((a, b) => a.separation - b.separation || (a.earthquake.id < b.earthquake.id ? -1 : 1));
  return within[0]?.earthquake;
}

/**
 * The earthquake that a bulletin belongs to: first by a shared id with a plausible origin, then by origin time and
 * place (16 s, 100 km); of several the nearest. Never by magnitude, which early solutions get wrong, nor by report time.
 * An exercise belongs to exercises only. A retraction need not say more than which id it takes back.
 */
export function associate(bulletin: Bulletin, known: readonly Earthquake[]): Earthquake | undefined {
  const candidates = known.filter(({ preferred }) => preferred.exercise === bulletin.exercise);
  const retracted = candidates.find(({ bulletins }) => bulletins.some((known) => isRetractedBy(bulletin, known)));
  if (retracted) return retracted;
  const byId = closest(candidates, ({ bulletins }) =>
    nearest(
      bulletin,
      bulletins.filter((known) => sharesId(known, bulletin)),
      sameId,
    ),
  );
  return byId ?? closest(candidates, ({ bulletins }) => nearest(bulletin, bulletins, sameOrigin));
}

const isRetractedBy = (bulletin: Bulletin, known: Bulletin): boolean =>
  bulletin.status === 'deleted' && bulletin.source === known.source && bulletin.id === known.id;
