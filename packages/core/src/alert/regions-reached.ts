import { type Box, distanceToBoxKm } from '../place/box.ts';
import type { Place } from '../place/geodesy.ts';
import type { AlertPolicy } from './alert-policy.ts';

/** The regions that an alert is for; in shadow mode it is decided but nobody is told. */
export interface Reached {
  mode: 'live' | 'shadow';
  within: Box[];
}

/** Regions that lie within a radius of the epicentre: the live ones, or where there is none those in shadow mode. */
export function regionsReached(epicentre: Place, radiusKm: number, { regions }: AlertPolicy): Reached | undefined {
  const inMode = (mode: 'live' | 'shadow'): Box[] =>
    Object.values(regions)
      .filter((region) => region.mode === mode && distanceToBoxKm(epicentre, region.area) <= radiusKm)
      .map(({ area }) => area);
  for (const mode of ['live', 'shadow'] as const) {
    const within = inMode(mode);
    if (within.length > 0) return { mode, within };
  }
  return undefined;
}
