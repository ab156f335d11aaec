import { anEndpoint } from '@quakewire/testing';
import fc from 'fast-check';
import { channelNames } from '../channel/channel.ts';
import { urgencyOf } from '../dispatch/urgency.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import { alertSchema } from './alert.ts';
import { concerns } from './concerns.ts';
import { createTestAlert, createTestEndpoint, testPlace } from './test-alert.ts';

const nowMs = 1_745_401_800_000;
const alert = createTestAlert('one', nowMs);

test('a test is a whole alert, an exercise, and less urgent than anything real', () => {
  expect(alertSchema.parse(alert)).toEqual(alert);
  expect(alert.exercise).toBe(true);
  expect(urgencyOf(alert)).toBe('exercise');
});

test('it concerns the test endpoint of every channel', () => {
  for (const channel of channelNames) expect(concerns(createTestEndpoint(channel, 'RO'), alert)).toBe(true);
});

test('it concerns nobody anywhere else', () => {
  const anywhere = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(anywhere, (place) => {
      fc.pre(epicentralDistanceKm(place, testPlace) > 10);
      expect(concerns({ ...anEndpoint(1), ...place, minimumIntensity: 0, validFromMs: 0 }, alert)).toBe(false);
    }),
  );
});
