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

/** As subscribers get them: 6 random bytes for the person, and 2 that say which of their few endpoints it is. */
function drawEndpointId(random: SeededRandom): string {
  const hex = (most: number, digits: number): string => random.between(1, most).toString(16).padStart(digits, '0');
  return `${hex(0xffffff, 6)}${hex(0xffffff, 6)}${hex(4, 4)}`;
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
