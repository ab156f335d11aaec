import type { ChannelName, Endpoint, EndpointWriter, Place } from '@quakewire/core';
import { createAddressCipher } from '@quakewire/lambda-runtime';
import { anEndpoint, createSeededRandom, type SeededRandom } from '@quakewire/testing';
import { channelShapes } from './channel-shapes.ts';

const towns = 30;
/** Half the width of the square in which the towns lie, and of one town. */
const [countryDegrees, townDegrees] = [1.5, 0.08];
const batch = 4_000;

export const cipher = createAddressCipher({
  keys: { '1': Buffer.alloc(32, 1).toString('base64') },
  current: '1',
});

/** As subscribers get them: a person at random, and which of their few endpoints it is. */
function drawEndpointId(random: SeededRandom): string {
  const person = Math.floor(random.next() * 2 ** 48);
  return person.toString(16).padStart(12, '0') + random.between(1, 4).toString(16).padStart(4, '0');
}

/** People in towns of equal size around a place, with sealed addresses; the same people and places every time. */
export async function seedTowns(
  channel: ChannelName,
  endpoints: number,
  around: Place,
  writer: EndpointWriter,
  onProgress: (written: number) => void,
): Promise<void> {
  const { address } = channelShapes[channel];
  const random = createSeededRandom(1);
  const ids = random.fork('ids');
  const near = ({ latitude, longitude }: Place, degrees: number): Place => ({
    latitude: latitude + (random.next() * 2 - 1) * degrees,
    longitude: longitude + (random.next() * 2 - 1) * degrees,
  });
  const centres = Array.from({ length: towns }, () => near(around, countryDegrees));
  for (let from = 0; from < endpoints; from += batch) {
    const rows = Array.from({ length: Math.min(batch, endpoints - from) }, (_, at): Endpoint => {
      const number = from + at;
      const sealedAddress = cipher.seal(address(number));
      return anEndpoint(number, {
        id: drawEndpointId(ids),
        ...near(centres[number % towns] ?? around, townDegrees),
        channel,
        sealedAddress,
        minimumIntensity: 2,
      });
    });
    await writer.put(rows);
    onProgress(from + rows.length);
  }
}
