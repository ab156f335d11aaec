import type { Place } from '@quakewire/core';

const placeBytes = 8;
/** Microdegrees: 0.1 m. */
const stepsPerDegree = 1e6;

/** 8 bytes a place: latitude and longitude in microdegrees. */
export function packPlaces(places: readonly Place[]): Uint8Array {
  const packed = Buffer.alloc(places.length * placeBytes);
  for (const [index, { latitude, longitude }] of places.entries()) {
    packed.writeInt32BE(Math.round(latitude * stepsPerDegree), index * placeBytes);
    packed.writeInt32BE(Math.round(longitude * stepsPerDegree), index * placeBytes + 4);
  }
  return packed;
}

export function unpackPlaces(packed: Uint8Array): Place[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return Array.from({ length: packed.byteLength / placeBytes }, (_, index) => ({
    latitude: view.getInt32(index * placeBytes) / stepsPerDegree,
    longitude: view.getInt32(index * placeBytes + 4) / stepsPerDegree,
  }));
}

export const packPlace = (place: Place): Uint8Array => packPlaces([place]);

/** @throws when it is not one place on Earth. */
export function unpackPlace(packed: Uint8Array): Place {
  const [place] = packed.byteLength === placeBytes ? unpackPlaces(packed) : [];
  if (!place || Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) throw new Error('not a place');
  return place;
}
