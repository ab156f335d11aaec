import type { Hypocentre } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';

/** An earthquake large enough to be followed by aftershocks, and by phantoms that its own waves draw far away. */
export interface Mainshock {
  earthquakeId: string;
  hypocentre: Hypocentre;
  magnitude: number;
}

/** Smallest magnitude of which the store keeps a list. */
export const mainshockMagnitude = 5.5;

/** The earthquake as a mainshock by its preferred solution; undefined: too small, retracted, or an exercise. */
export function mainshockOf({ id, preferred }: Earthquake): Mainshock | undefined {
  const { hypocentre, magnitude, status, exercise } = preferred;
  if (magnitude < mainshockMagnitude || status === 'deleted' || exercise) return undefined;
  return { earthquakeId: id, hypocentre, magnitude };
}
