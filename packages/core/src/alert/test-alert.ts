import { type ChannelName, channelNames } from '../channel/channel.ts';
import type { Endpoint } from '../endpoint.ts';
import { templateVersion } from '../message/render-text.ts';
import type { Place } from '../place/geodesy.ts';
import type { Alert } from './alert.ts';

/** Where test endpoints are registered: Point Nemo, in the ocean, 2,700 km from the nearest land. Nobody lives near it. */
export const testPlace: Place = { latitude: -48.8767, longitude: -123.3933 };

const radiusKm = 10;
/** Whoever was not told by then is not told: a test of an hour ago would only confuse. */
const lifetimeMs = 5 * 60_000;

/** One a channel: put again, it replaces itself. @param country ISO 3166, which decides by which sender it is told. */
export const createTestEndpoint = (channel: ChannelName, country: string): Omit<Endpoint, 'sealedAddress'> => ({
  id: `ffffffffffff${channelNames.indexOf(channel).toString(16).padStart(4, '0')}`,
  ...{ channel, country, language: 'en', ...testPlace },
  minimumIntensity: 2,
  validFromMs: 0,
  optedOut: false,
});

/** An exercise that concerns the test endpoints and nobody else, whatever the policy. @param name No other test has it. */
export const createTestAlert = (name: string, nowMs: number): Alert => ({
  schema: 1,
  earthquakeId: `test-${name}`,
  seq: 1,
  kind: 'alert',
  type: 'notification',
  exercise: true,
  hypocentre: { ...testPlace, originTimeMs: nowMs, depthKm: 10 },
  magnitude: 6,
  region: 'Point Nemo',
  areaRadiusKm: radiusKm,
  policyVersion: 1,
  templateVersion,
  receivedAtMs: nowMs,
  issuedAtMs: nowMs,
  expiresAtMs: nowMs + lifetimeMs,
});
