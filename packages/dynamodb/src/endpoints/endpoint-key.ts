import type { Endpoint, RegisteredCell } from '@quakewire/core';
import { cellToLatLng, cellToParent, latLngToCell } from 'h3-js';

/** About 110 km: some 30 partition keys a country, and a page never needs more than one. */
const coarseResolution = 3;
/** About 2.5 km: neighbours in a city are neighbours in the key. */
const fineResolution = 7;

/** Where a row is kept. This file alone needs H3, so that only writers carry it. */
export interface EndpointKey {
  cell: string;
  sortKey: string;
  /** Centre of the coarse cell, for the registry. */
  centre: RegisteredCell['centre'];
}

/**
 * Coarse cell, then fine cell and id; H3 ids sort spatially. The coarse cell is the fine one's parent, not the one that
 * geometry would give (H3 cells do not nest exactly), so that the fine cells of a key are one range of ids. Filler digits
 * at the ends of ids are cut off.
 */
export function endpointKey({ latitude, longitude, id }: Pick<Endpoint, 'latitude' | 'longitude' | 'id'>): EndpointKey {
  const fine = latLngToCell(latitude, longitude, fineResolution);
  const coarse = cellToParent(fine, coarseResolution);
  const [centreLatitude, centreLongitude] = cellToLatLng(coarse);
  return {
    cell: withoutFiller(coarse),
    sortKey: `${withoutFiller(fine)}#${id}`,
    centre: { latitude: centreLatitude, longitude: centreLongitude },
  };
}

/** H3 fills the digits below a cell's resolution with ones; hex digits that are all filler say nothing. */
const withoutFiller = (cell: string): string => cell.replace(/f+$/, '');
