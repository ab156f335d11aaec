import type { Hypocentre } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';

/** One of many after a mainshock, of which nobody was told singly. */
export interface Aftershock {
  earthquakeId: string;
  mainshockId: string;
  hypocentre: Hypocentre;
  magnitude: number;
}

/** The earthquake as such an aftershock, by its newest revision; undefined: it stands for itself, or was retracted. */
export function aftershockOf({ id, preferred, mainshockId }: Earthquake): Aftershock | undefined {
  const { hypocentre, magnitude, status } = preferred;
  if (mainshockId === undefined || status === 'deleted') return undefined;
  return { earthquakeId: id, mainshockId, hypocentre, magnitude };
}
