import { sharesId } from './associate.ts';
import type { Bulletin } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';

/** How far a bulletin's source and network are trusted: of solutions equally reviewed the highest counts. */
export type TrustOf = (bulletin: Bulletin) => number;

/**
 * The next revision of an earthquake with `bulletin` in it, or undefined when it says nothing new: an equal or newer
 * version of the same source's solution is there already. A retraction counts also where its version is not newer. Of
 * each source's solution only the newest version is kept here; earlier revisions keep the others.
 */
export function addBulletin(
  earthquake: Earthquake | undefined,
  bulletin: Bulletin,
  trustOf: TrustOf,
): Earthquake | undefined {
  if (!earthquake) return firstRevision(bulletin);
  const isSame = (known: Bulletin): boolean => known.source === bulletin.source && sharesId(known, bulletin);
  if (earthquake.bulletins.some((known) => isSame(known) && !replaces(bulletin, known))) return undefined;
  const bulletins = [...earthquake.bulletins.filter((known) => !isSame(known)), bulletin];
  return { ...earthquake, revision: earthquake.revision + 1, bulletins, preferred: preferredOf(bulletins, trustOf) };
}

const replaces = (bulletin: Bulletin, known: Bulletin): boolean =>
  bulletin.version > known.version || (bulletin.status === 'deleted' && known.status !== 'deleted');

function firstRevision(bulletin: Bulletin): Earthquake {
  return {
    id: earthquakeId(bulletin),
    revision: 1,
    bulletins: [bulletin],
    preferred: bulletin,
    pinnedMaps: {},
    lastAlertSeq: 0,
  };
}

/** E.g. `20250423T094910-us7000pufs`: whoever writes the same first bulletin writes the same earthquake. */
function earthquakeId({ hypocentre, id, exercise }: Bulletin): string {
  const origin = new Date(hypocentre.originTimeMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return exercise ? `exercise-${origin}-${id}` : `${origin}-${id}`;
}

/** An operator takes back an earthquake, or calls it over, whatever feeds go on to say of it. */
const endsIt = ({ source, status }: Bulletin): boolean =>
  source === 'operator' && (status === 'deleted' || status === 'over');

/** What ends it first; then not deleted before deleted, reviewed before automatic, then by trust, then the newest. */
function preferredOf(bulletins: readonly Bulletin[], trustOf: TrustOf): Bulletin {
  const rank = (bulletin: Bulletin): number[] => [
    Number(!endsIt(bulletin)),
    Number(bulletin.status === 'deleted'),
    Number(bulletin.status !== 'reviewed'),
    -trustOf(bulletin),
    -bulletin.version,
  ];
  const byRank = (a: Bulletin, b: Bulletin): number => {
    const [ranksOfA, ranksOfB] = [rank(a), rank(b)];
    const differing = ranksOfA.findIndex((value, index) => value !== ranksOfB[index]);
    return (ranksOfA[differing] ?? 0) - (ranksOfB[differing] ?? 0);
  };
  const [first] = bulletins.toSorted(byRank);
  if (!first) throw new RangeError('an earthquake has at least one bulletin');
  return first;
}
