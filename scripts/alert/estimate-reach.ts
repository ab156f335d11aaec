import {
  type Alert,
  type AlertPolicy,
  type ChannelName,
  epicentralDistanceKm,
  isInside,
  type SegmentMap,
  type SizingInForce,
} from '@quakewire/core';

/** What an alert would take on one channel: everybody on a page counts as if they lived at its centre. */
export interface Reach {
  channel: ChannelName;
  /** At most: who asked for more intensity, sleeps, or was not told what is taken back, is not told. */
  endpoints: number;
  /** At the provider's rate. */
  minutes: number;
  usd: number;
}

export function estimateReach(alert: Alert, map: SegmentMap, sizing: SizingInForce, { sms }: AlertPolicy): Reach {
  const { channel } = map;
  const endpoints = map.segments
    .flatMap(({ pages }) => pages)
    .filter(({ centre }) => isReached(alert, channel, centre))
    .reduce((sum, page) => sum + page.endpoints, 0);
  const rate = sizing.channels[channel]?.providerRatePerSecond;
  const minutes = rate === undefined ? 0 : endpoints / rate / 60;
  return { channel, endpoints, minutes, usd: channel === 'sms' ? endpoints * sms.usdPerMessage : 0 };
}

function isReached(alert: Alert, channel: ChannelName, centre: { latitude: number; longitude: number }): boolean {
  const { hypocentre, areaRadiusKm, smsRadiusKm = areaRadiusKm, within } = alert;
  if (within && !within.some((box) => isInside(centre, box))) return false;
  const radiusKm = channel === 'sms' ? Math.min(areaRadiusKm, smsRadiusKm) : areaRadiusKm;
  return epicentralDistanceKm(centre, hypocentre) <= radiusKm;
}
