import type { Box } from '../place/box.ts';
import type { AlertPolicy } from './alert-policy.ts';

export type Region = AlertPolicy['regions'][string];

/** Any place on the Earth. */
export const wholeEarth: Box = { south: -90, north: 90, west: -180, east: 180 };

/**
 * A first policy for the given regions, to be looked at and changed by whoever operates it; the reasons for its values
 * are the comments that `npm run policy -- init` writes beside them.
 */
export function startingPolicy(regions: AlertPolicy['regions']): AlertPolicy {
  const catalogue = { trust: 2, earlyWarning: false, secondSource: false, minimumStations: 0 };
  return {
    schema: 1,
    version: 1,
    regions,
    sources: {
      ingest: { trust: 3, earlyWarning: true, secondSource: false, minimumStations: 4 },
      emsc: catalogue,
      usgs: { ...catalogue, trust: 1 },
    },
    earlyWarning: { minimumMagnitude: 4.5, minimumIntensity: 2, usefulSeconds: 60 },
    notification: { minimumMagnitude: 4.5, minimumIntensity: 2, usefulSeconds: 30 * 60 },
    largestRadiusKm: 1000,
    minimumKeptMagnitude: 4,
    origin: { oldestSeconds: 30 * 60, futureSeconds: 10 },
    largestDisagreementKm: 150,
    phantoms: { mainshockMagnitude: 6.5, enoughStations: 20 },
    update: { raisedBy: 0.3, loweredBy: 0.5, movedKm: 50, deeperOrShallowerKm: 40, untilSeconds: 2 * 3600 },
    cancelUntilSeconds: 24 * 3600,
    aftershocks: {
      smallerBy: 2,
      ruptureLengths: 2,
      minimumIntensity: 4,
      days: [
        { fromMagnitude: 5.5, days: 10 },
        { fromMagnitude: 6, days: 20 },
        { fromMagnitude: 6.5, days: 30 },
        { fromMagnitude: 7, days: 60 },
        { fromMagnitude: 8, days: 120 },
      ],
      digestHoursUtc: [6, 16],
    },
    sms: { types: ['earlyWarning', 'notification'], usdPerMessage: 0.05, mostUsdPerAlert: 5000 },
  };
}
