import { epicentralDistanceKm, personOf } from '@quakewire/core';
import { readGazetteer } from './gazetteer.ts';
import { createSubscribers } from './subscribers.ts';

const marmara = { latitude: 40.83, longitude: 28.2 };
const options = { subscribers: 2_000, seed: 7, withinKm: 600, epicentre: marmara, validFromMs: 0 };

describe('demo subscribers', () => {
  it('are the same for the same seed, and others for another', async () => {
    const cities = await readGazetteer();
    expect(createSubscribers(cities, options)).toEqual(createSubscribers(cities, options));
    expect(createSubscribers(cities, { ...options, seed: 8 })).not.toEqual(createSubscribers(cities, options));
  });

  it('are as many people as asked for, with unique addresses and endpoint ids', async () => {
    const endpoints = createSubscribers(await readGazetteer(), options);
    expect(new Set(endpoints.map((endpoint) => personOf(endpoint.id))).size).toBe(2_000);
    expect(new Set(endpoints.map((endpoint) => endpoint.id)).size).toBe(endpoints.length);
    expect(new Set(endpoints.map((endpoint) => endpoint.channel + endpoint.address)).size).toBe(endpoints.length);
  });

  it('live in one country only where one is asked for', async () => {
    const endpoints = createSubscribers(await readGazetteer(), { ...options, country: 'RO' });
    expect(new Set(endpoints.map(({ country }) => country))).toEqual(new Set(['RO']));
  });

  it('live near cities within the distance, the largest city most of all', async () => {
    const endpoints = createSubscribers(await readGazetteer(), options);
    for (const endpoint of endpoints) expect(epicentralDistanceKm(endpoint, marmara)).toBeLessThan(620);
    const istanbul = endpoints.filter((e) => epicentralDistanceKm(e, { latitude: 41.01, longitude: 28.95 }) < 20);
    expect(istanbul.length / endpoints.length).toBeGreaterThan(0.2);
  });
});
