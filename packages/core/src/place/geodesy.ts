/** A point on the Earth: latitude and longitude in degrees, north and east positive. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** Mean Earth radius used by every formula here (IUGG). */
export const earthRadiusKm = 6371;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance between two places in km (haversine on a sphere, error below 0.6 %). */
export function epicentralDistanceKm(a: Place, b: Place): number {
  const halfLatitude = radians(b.latitude - a.latitude) / 2;
  const halfLongitude = radians(b.longitude - a.longitude) / 2;
  const h =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(halfLongitude) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Straight-line distance in km between a hypocentre and a place on the surface, flat Earth. */
export function hypocentralDistanceKm(distanceKm: number, depthKm: number): number {
  return Math.hypot(distanceKm, depthKm);
}

/** Initial bearing of the great circle from `a` to `b`, degrees clockwise from north, 0 to 360. */
export function bearingDegrees(a: Place, b: Place): number {
  const difference = radians(b.longitude - a.longitude);
  const [from, to] = [radians(a.latitude), radians(b.latitude)];
  const east = Math.sin(difference) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(difference);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}
