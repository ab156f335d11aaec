import type { ChannelName, Place } from '@quakewire/core';
import type { PlainEndpoint } from '@quakewire/demo';

/** Far enough apart that an earthquake below one of them concerns no other. */
const rows = 10;
const columns = 20;
const townCount = rows * columns;
const firstTown: Place = { latitude: 36, longitude: 20 };
/** Half the width of a town. */
const halfWidthDegrees = 0.05;

/** Radius that holds a whole town, in km. */
export const townRadiusKm = 15;

/** Centre of a town; towns beyond the last begin again. */
export function townPlace(town: number): Place {
  const number = town % townCount;
  return {
    latitude: firstTown.latitude + Math.floor(number / columns),
    longitude: firstTown.longitude + (number % columns),
  };
}

/**
 * Endpoints spread evenly over the towns, the same for the same number: more of them always hold the fewer. Everybody
 * asks to be told of light shaking, so that an earthquake below a town concerns its whole town.
 */
export function createEndpoints(channel: ChannelName, count: number): PlainEndpoint[] {
  return Array.from({ length: count }, (_, person) => {
    const { latitude, longitude } = townPlace(person);
    return {
      id: idOf(channel, person),
      channel,
      country: 'TR',
      language: 'en',
      latitude: latitude + offset(person, 7),
      longitude: longitude + offset(person, 11),
      address: addressOf(channel, person),
      minimumIntensity: 2,
      validFromMs: 0,
      optedOut: false,
    };
  });
}

/** One person an endpoint: 6 bytes of the person, then the number 0. */
function idOf(channel: ChannelName, person: number): string {
  const prefix = channel === 'webhook' ? '1' : '2';
  return `${prefix}${person.toString(16).padStart(11, '0')}0000`;
}

function addressOf(channel: ChannelName, person: number): string {
  return channel === 'webhook' ? `/hooks/${person}` : String(700_000_000 + person);
}

/** Within the town, in steps of 0.0001 degrees. */
function offset(person: number, stride: number): number {
  const steps = 2 * halfWidthDegrees * 10_000;
  return ((Math.floor(person / townCount) * stride) % steps) / 10_000 - halfWidthDegrees;
}
