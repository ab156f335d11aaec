import * as z from 'zod';
import { epicentralDistanceKm, type Place } from './geodesy.ts';

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);

/** Part of the Earth between two parallels and two meridians, in degrees; `west` east of `east` spans the date line. */
export const boxSchema = z
  .strictObject({ south: latitude, north: latitude, west: longitude, east: longitude })
  .refine(({ south, north }) => south < north, { path: ['south'], error: 'must be less than north' })
  .refine(({ west, east }) => west !== east, { path: ['west'], error: 'must differ from east' });
export type Box = z.infer<typeof boxSchema>;

const widthDegrees = ({ west, east }: Box): number => (east - west + 360) % 360 || 360;
const eastwardDegrees = (from: number, to: number): number => (to - from + 360) % 360;

export const isInside = ({ latitude, longitude }: Place, box: Box): boolean =>
  latitude >= box.south && latitude <= box.north && isBetweenMeridians(longitude, box);

const isBetweenMeridians = (longitude: number, box: Box): boolean =>
  eastwardDegrees(box.west, longitude) <= widthDegrees(box) || longitude === box.east;

/** Great-circle distance in km from a place to the nearest point of a box, 0 inside. */
export function distanceToBoxKm(place: Place, box: Box): number {
  const held = (latitude: number): number => Math.min(box.north, Math.max(box.south, latitude));
  if (isBetweenMeridians(place.longitude, box))
    return epicentralDistanceKm(place, { latitude: held(place.latitude), longitude: place.longitude });
  const corners = [box.west, box.east].flatMap((longitude) => [
    { latitude: held(nearestLatitude(place, longitude)), longitude },
    { latitude: box.south, longitude },
    { latitude: box.north, longitude },
  ]);
  return Math.min(...corners.map((point) => epicentralDistanceKm(place, point)));
}

/** Where a meridian comes nearest to a place: the foot of the great circle perpendicular to it. */
function nearestLatitude({ latitude, longitude }: Place, meridian: number): number {
  const radians = Math.PI / 180;
  const difference = Math.cos((meridian - longitude) * radians);
  return Math.atan2(Math.sin(latitude * radians), Math.cos(latitude * radians) * difference) / radians;
}
