import {
  anAlert,
  anEarthquake,
  anEndpoint,
  aPage,
  aPolicy,
  aSegment,
  aSegmentMap,
  originTimeMs,
} from '@quakewire/testing';
import { concerns } from './concerns.ts';
import { decideAlert } from './decide-alert.ts';
import { limitSms } from './limit-sms.ts';

const alert = anAlert();
const { latitude, longitude } = alert.hypocentre;
/** 100 endpoints each at 0, 111, 222, ... km. */
const pages = Array.from({ length: 8 }, (_, degrees) => aPage({ centre: { latitude: latitude - degrees, longitude } }));
const map = aSegmentMap({ segments: [aSegment({ pages: pages.toReversed() })] });
const spending = (mostUsdPerAlert: number) =>
  aPolicy({ sms: { types: ['earlyWarning'], usdPerMessage: 0.1, mostUsdPerAlert } });

describe('money for SMS', () => {
  it('is spent on the nearest first, as far as it goes', () => {
    expect(limitSms(alert, spending(35), map).smsRadiusKm).toBeCloseTo(222.4, 0);
    expect(limitSms(alert, spending(1000), map)).toBe(alert);
    expect(limitSms(alert, spending(0), map).smsRadiusKm).toBe(0);
  });

  it('does not count who lives outside the area, nor hold back a cancel', () => {
    expect(limitSms({ ...alert, areaRadiusKm: 300 }, spending(35), map)).toMatchObject({ areaRadiusKm: 300 });
    expect(limitSms({ ...alert, areaRadiusKm: 300 }, spending(35), map).smsRadiusKm).toBeUndefined();
    expect(limitSms({ ...alert, kind: 'cancel' }, spending(0), map).smsRadiusKm).toBeUndefined();
  });

  it('is spent on the types of alert that policy names', () => {
    const decision = decideAlert(anEarthquake(), spending(35), { nowMs: originTimeMs + 60_000, mainshocks: [] });
    expect(decision).toMatchObject({ alert: { type: 'notification', smsRadiusKm: 0 } });
  });

  it('limits SMS alone: other channels reach everybody', () => {
    const limited = anAlert({ smsRadiusKm: 50 });
    expect(concerns(anEndpoint(1, { channel: 'sms' }), limited)).toBe(false);
    expect(concerns(anEndpoint(1, { channel: 'telegram' }), limited)).toBe(true);
  });
});
