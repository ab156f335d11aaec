import type { ChannelName, Endpoint, EndpointWriter, Place } from '@quakewire/core';
import { createAddressCipher } from '@quakewire/lambda-runtime';
import { anEndpoint, createSeededRandom } from '@quakewire/testing';
import { addressOf } from './provider-account.ts';

export const cipher = createAddressCipher({
  keys: { '1': Buffer.alloc(32, 1).toString('base64') },
  current: '1',
});

const towns = 10;
/** Half the width of the square in which the towns lie, and of one town. */
const [countryDegrees, townDegrees] = [0.5, 0.08];
const batch = 4_000;

/** People in towns around a place, all concerned by an earthquake there. */
export async function seedPeople(
  channel: ChannelName,
  endpoints: number,
  around: Place,
  sinkUrl: string,
  writer: EndpointWriter,
): Promise<void> {
  const random = createSeededRandom(1);
  const near = ({ latitude, longitude }: Place, degrees: number): Place => ({
    latitude: latitude + (random.next() * 2 - 1) * degrees,
    longitude: longitude + (random.next() * 2 - 1) * degrees,
  });
  const centres = Array.from({ length: towns }, () => near(around, countryDegrees));
  const person = (number: number): Endpoint =>
    anEndpoint(number, {
      ...near(centres[number % towns] ?? around, townDegrees),
      channel,
      sealedAddress: cipher.seal(addressOf(channel, number, sinkUrl)),
      minimumIntensity: 1,
    });
  for (let from = 0; from < endpoints; from += batch)
    await writer.put(Array.from({ length: Math.min(batch, endpoints - from) }, (_, at) => person(from + at)));
}
