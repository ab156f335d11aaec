import type { SegmentMap } from '../dispatch/segment-map.ts';
import { epicentralDistanceKm } from '../place/geodesy.ts';
import type { Alert } from './alert.ts';
import type { AlertPolicy } from './alert-policy.ts';

/**
 * The alert with an SMS radius such that it spends no more than policy allows, the nearest people first. Every endpoint
 * of a page counts, concerned or not, as if it lived at the page's centre; the first page that is too much stays outside.
 * A cancel is not limited: it goes to those who were told.
 */
export function limitSms(alert: Alert, { sms }: AlertPolicy, map: SegmentMap | undefined): Alert {
  if (alert.kind === 'cancel' || !map) return alert;
  const mostMessages = Math.floor(sms.mostUsdPerAlert / sms.usdPerMessage);
  const pages = map.segments
    .flatMap((segment) => segment.pages)
    .map(({ centre, endpoints }) => ({ distanceKm: epicentralDistanceKm(centre, alert.hypocentre), endpoints }))
    .toSorted((a, b) => a.distanceKm - b.distanceKm);
  let [messages, affordableKm] = [0, 0];
  for (const { distanceKm, endpoints } of pages) {
    if (distanceKm > alert.areaRadiusKm) return alert;
    messages += endpoints;
    if (messages > mostMessages)
      return { ...alert, smsRadiusKm: Math.min(affordableKm, alert.smsRadiusKm ?? affordableKm) };
    affordableKm = distanceKm;
  }
  return alert;
}
