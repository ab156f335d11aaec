import { type ChannelName, channelNames, type Endpoint, epicentralDistanceKm, type Place } from '@quakewire/core';
import type { City } from './gazetteer.ts';

export interface SubscriberOptions {
  subscribers: number;
  seed: number;
  /** Cities farther than this from `epicentre` have no subscribers. */
  withinKm: number;
  epicentre: Place;
  /** Where it is given, only cities of this country have. */
  country?: string | undefined;
  validFromMs: number;
}

/** An endpoint before its address is sealed. */
export interface PlainEndpoint extends Omit<Endpoint, 'sealedAddress'> {
  address: string;
}

/** One in this many subscribers has a second channel, so that people and endpoints differ. */
const oneInHasSecondChannel = 10;
/** Half the width of the square around a city's centre in which its subscribers live. */
const cityHalfWidthDegrees = 0.08;

/**
 * Subscribers spread over the cities by population, the same for the same seed. Most ask to be told from intensity II or
 * III on, so that most are concerned by an M6 within 600 km; one in ten wants only strong shaking.
 */
export function createSubscribers(cities: readonly City[], options: SubscriberOptions): PlainEndpoint[] {
  const random = createRandom(options.seed);
  const { epicentre, withinKm, country } = options;
  const near = cities.filter(
    (city) => epicentralDistanceKm(city, epicentre) <= withinKm && (country ?? city.country) === city.country,
  );
  const pick = createWeightedPick(near, (city) => city.population);
  return Array.from({ length: options.subscribers }, (_, person) => {
    const city = pick(random());
    const first = channelNames[person % channelNames.length] as ChannelName;
    const second = channelNames[(person + 1) % channelNames.length] as ChannelName;
    const channels = random() < 1 / oneInHasSecondChannel ? [first, second] : [first];
    const place = {
      latitude: round(city.latitude + (random() * 2 - 1) * cityHalfWidthDegrees),
      longitude: round(city.longitude + (random() * 2 - 1) * cityHalfWidthDegrees),
    };
    const wish = random();
    const minimumIntensity = wish < 0.6 ? 2 : wish < 0.9 ? 3 : 5;
    return channels.map((channel, number) => ({
      ...place,
      id: personId(random) + number.toString(16).padStart(4, '0'),
      channel,
      country: city.country,
      language: city.country === 'RO' || city.country === 'MD' ? 'ro' : 'en',
      address: addressOf(channel, person),
      minimumIntensity,
      validFromMs: options.validFromMs,
      optedOut: false,
    }));
  }).flatMap(samePerson);
}

/** Every endpoint of one subscriber carries the first one's person prefix. */
function samePerson(endpoints: PlainEndpoint[]): PlainEndpoint[] {
  const prefix = endpoints[0]?.id.slice(0, 12) ?? '';
  return endpoints.map((endpoint) => ({ ...endpoint, id: prefix + endpoint.id.slice(12) }));
}

/** Unique per subscriber and channel, from ranges that belong to nobody. The webhook's origin is filled in when seeding. */
function addressOf(channel: ChannelName, person: number): string {
  const number = String(person).padStart(7, '0');
  if (channel === 'sms') return `+4070${number}`;
  if (channel === 'email') return `subscriber-${number}@example.com`;
  if (channel === 'telegram') return String(700_000_000 + person);
  return `/hooks/${number}`;
}

const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;

const personId = (random: () => number): string =>
  Array.from({ length: 6 }, () =>
    Math.floor(random() * 256)
      .toString(16)
      .padStart(2, '0'),
  ).join('');

/** Mulberry32: small, seeded, good enough to scatter people on a map. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Picks an entry with a probability proportional to its weight, from a number in [0, 1). */
function createWeightedPick<Entry>(entries: readonly Entry[], weight: (entry: Entry) => number) {
  let total = 0;
  const bounds = entries.map((entry) => (total += weight(entry)));
  return (uniform: number): Entry => {
    const at = uniform * total;
    const index = bounds.findIndex((bound) => at < bound);
    return entries[index === -1 ? entries.length - 1 : index] as Entry;
  };
}
