import { epicentralDistanceKm, type Place } from './geodesy.ts';

/** Where a place lies to the Carpathian arc, across which waves from Vrancea lose more. */
export type ArcSide = 'foreArc' | 'alongArc' | 'backArc';

/** The arc's crest from the Ukrainian border over the bend at Vrancea to the Danube, [latitude, longitude], traced by us. */
const crest: readonly (readonly [number, number])[] = [
  [48.3, 24.2],
  [47.1, 25.6],
  [46.3, 26.2],
  [45.75, 26.4],
  [45.45, 25.9],
  [45.5, 25.2],
  [45.4, 24.2],
  [45.3, 23.3],
  [44.8, 22.4],
];
/** The crest, closed around everything that lies inside the bow. */
const insideTheBow = [...crest, [44.8, 14] as const, [48.3, 14] as const];
const crestHalfWidthKm = 30;

export function arcSide(place: Place): ArcSide {
  if (distanceToCrestKm(place) <= crestHalfWidthKm) return 'alongArc';
  return isInsideTheBow(place) ? 'backArc' : 'foreArc';
}

function distanceToCrestKm(place: Place): number {
  const eastward = Math.cos((place.latitude * Math.PI) / 180);
  const legs = crest.slice(1).map(([latitude, longitude], index) => {
    const [fromLatitude, fromLongitude] = crest[index] ?? [latitude, longitude];
    const [north, east] = [latitude - fromLatitude, (longitude - fromLongitude) * eastward];
    const along =
      ((place.latitude - fromLatitude) * north + (place.longitude - fromLongitude) * eastward * east) /
      (north ** 2 + east ** 2);
    const held = Math.min(1, Math.max(0, along));
    return epicentralDistanceKm(place, {
      latitude: fromLatitude + held * north,
      longitude: fromLongitude + held * (longitude - fromLongitude),
    });
  });
  return Math.min(...legs);
}

/** Even-odd rule: how often a line to the east crosses the border. */
function isInsideTheBow({ latitude, longitude }: Place): boolean {
  let inside = false;
  insideTheBow.forEach(([toLatitude, toLongitude], index) => {
    const [fromLatitude, fromLongitude] = insideTheBow.at(index - 1) ?? [0, 0];
    if (fromLatitude > latitude === toLatitude > latitude) return;
    const part = (latitude - fromLatitude) / (toLatitude - fromLatitude);
    if (longitude < fromLongitude + part * (toLongitude - fromLongitude)) inside = !inside;
  });
  return inside;
}
