import { aBulletin, anEarthquake, originTimeMs } from '@quakewire/testing';
import { alertSchema } from './alert.ts';
import { alertPolicy } from './alert-policy.ts';
import { decideAlert } from './decide-alert.ts';

const soon = originTimeMs + 60_000;
const hypocentre = aBulletin().hypocentre;
const decide = (changes: Parameters<typeof aBulletin>[0], nowMs = soon) =>
  decideAlert(anEarthquake({ preferred: aBulletin(changes) }), alertPolicy, nowMs);

describe('decide alert', () => {
  it('makes a notification of a catalogue bulletin, with the area that the magnitude is felt in', () => {
    const decision = decide({});
    if (!('alert' in decision)) throw new Error('no alert');
    expect(alertSchema.parse(decision.alert)).toEqual(decision.alert);
    expect(decision.alert).toMatchObject({
      seq: 1,
      kind: 'alert',
      type: 'notification',
      exercise: false,
      issuedAtMs: soon,
    });
    expect(decision.alert.areaRadiusKm).toBeGreaterThan(600);
    expect(decision.alert.areaRadiusKm).toBeLessThan(750);
    expect(decision.alert.expiresAtMs).toBe(soon + 30 * 60_000);
  });

  it('makes an early warning only of a fast source, while the S wave has not reached the edge of the area', () => {
    const fast = { source: 'ingest' } as const;
    expect(decide(fast, originTimeMs + 8_000)).toMatchObject({ alert: { type: 'earlyWarning' } });
    expect(decide(fast, originTimeMs + 300_000)).toMatchObject({ alert: { type: 'notification' } });
    expect(decide({ source: 'emsc' }, originTimeMs + 8_000)).toMatchObject({ alert: { type: 'notification' } });
  });

  it('bounds the area of a great earthquake', () => {
    expect(decide({ magnitude: 8.5 })).toMatchObject({ alert: { areaRadiusKm: alertPolicy.largestRadiusKm } });
  });

  it.each([
    ['originTooOld', { hypocentre: { ...hypocentre, originTimeMs: originTimeMs - 31 * 60_000 } }],
    ['originInFuture', { hypocentre: { ...hypocentre, originTimeMs: soon + 11_000 } }],
    ['magnitudeTooSmall', { magnitude: 4.4 }],
    ['deleted', { status: 'deleted' }],
    ['feltByNobody', { magnitude: 4.5, hypocentre: { ...hypocentre, depthKm: 600 } }],
  ] as const)('tells nobody and says why: %s', (reason, changes) => {
    expect(decide(changes)).toEqual({ none: reason });
  });

  it('refuses the earthquake of 1925 that a catalogue dated anew, whatever its update time says', () => {
    const of1925 = Date.UTC(1925, 5, 29, 14, 42);
    expect(decide({ version: soon, hypocentre: { ...hypocentre, originTimeMs: of1925 } })).toEqual({
      none: 'originTooOld',
    });
  });

  it('tells of one earthquake once', () => {
    expect(decideAlert(anEarthquake({ lastAlertSeq: 1 }), alertPolicy, soon)).toEqual({ none: 'alreadyAlerted' });
  });
});
