import { readFile } from 'node:fs/promises';
import type { Place } from '@quakewire/core';

export interface City extends Place {
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  population: number;
}

/** The bundled cities (GeoNames, CC BY 4.0; see data/README.md). */
export async function readGazetteer(): Promise<City[]> {
  const text = await readFile(new URL('../data/gazetteer.csv', import.meta.url), 'utf8');
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => {
    const [name = '', country = '', latitude, longitude, population] = line.split(',');
    return { name, country, latitude: Number(latitude), longitude: Number(longitude), population: Number(population) };
  });
}
