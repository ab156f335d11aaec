import { aBulletin, anAlert, anEarthquake, aPolicy, originTimeMs } from '@quakewire/testing';
import type { Bulletin } from '../earthquake/bulletin.ts';
import type { Mainshock } from '../earthquake/mainshock.ts';
import { alertSchema } from './alert.ts';
import { type AlertDecision, decideAlert } from './decide-alert.ts';

const soon = originTimeMs + 60_000;
const hypocentre = aBulletin().hypocentre;
const policy = aPolicy();
const decide = (changes: Partial<Bulletin>, nowMs = soon, mainshocks: Mainshock[] = []) =>
  decideAlert(anEarthquake({ preferred: aBulletin(changes) }), policy, { nowMs, mainshocks });
const fast = { source: 'ingest', stations: 6 } as const;

function alertOf(decision: AlertDecision) {
  if (!('alert' in decision)) throw new Error(`no alert: ${decision.none}`);
  return decision.alert;
}

describe('decide alert', () => {
  it('makes a notification of a catalogue bulletin, with the area that the magnitude is felt in', () => {
    const alert = alertOf(decide({}));
    expect(alertSchema.parse(alert)).toEqual(alert);
    expect(alert).toMatchObject({
      seq: 1,
      kind: 'alert',
      type: 'notification',
      exercise: false,
      issuedAtMs: soon,
    });
    expect(alert.areaRadiusKm).toBeGreaterThan(600);
    expect(alert.areaRadiusKm).toBeLessThan(750);
    expect(alert.expiresAtMs).toBe(soon + 30 * 60_000);
  });

  it('makes an early warning only of a fast source, while the S wave has not reached the edge of the area', () => {
    expect(alertOf(decide(fast, originTimeMs + 8_000)).type).toBe('earlyWarning');
    expect(alertOf(decide(fast, originTimeMs + 300_000)).type).toBe('notification');
    expect(alertOf(decide({ source: 'emsc', stations: 60 }, originTimeMs + 8_000)).type).toBe('notification');
  });

  it('bounds the area of a great earthquake', () => {
    expect(alertOf(decide({ magnitude: 8.5 })).areaRadiusKm).toBe(policy.largestRadiusKm);
  });

  it('reaches farther for an intermediate-depth Vrancea earthquake than the crustal formula would', () => {
    const vrancea = { magnitude: 6.9, hypocentre: { latitude: 45.8, longitude: 26.6, depthKm: 90, originTimeMs } };
    const elsewhere = { ...vrancea, hypocentre: { ...vrancea.hypocentre, longitude: 30 } };
    expect(alertOf(decide({ ...vrancea, magnitude: 5.2 })).areaRadiusKm).toBeGreaterThan(
      alertOf(decide({ ...elsewhere, magnitude: 5.2 })).areaRadiusKm,
    );
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

  it('makes an exercise of an exercise, whatever else it says', () => {
    expect(alertOf(decide({ ...fast, exercise: true }, originTimeMs + 8_000))).toMatchObject({
      exercise: true,
      type: 'earlyWarning',
    });
  });
});

describe('decide alert, after people were told', () => {
  const told = anAlert({ hypocentre, magnitude: 6.2, areaRadiusKm: 600, issuedAtMs: soon, policyVersion: 1 });
  const next = (changes: Partial<Bulletin>, nowMs = soon + 60_000, lastAlert = told) =>
    decideAlert(
      anEarthquake({ preferred: aBulletin(changes), lastAlert, lastAlertSeq: lastAlert.seq, shadow: false }),
      policy,
      { nowMs, mainshocks: [] },
    );

  it.each([
    ['a revision that changes nothing', {}],
    ['0.2 more', { magnitude: 6.4 }],
    ['0.4 less', { magnitude: 5.8 }],
    ['30 km away', { hypocentre: { ...hypocentre, latitude: hypocentre.latitude + 0.27 } }],
    ['depths of 28.6, then 40, then 6.2 km (Gorj 2023)', { hypocentre: { ...hypocentre, depthKm: 43.8 } }],
    ['only another name of the region', { region: 'WESTERN TURKEY', magnitudeType: 'mb' }],
  ] as const)('tells nobody again of %s', (_what, changes) => {
    expect(next(changes)).toEqual({ none: 'alreadyAlerted' });
  });

  it.each([
    ['0.3 more', { magnitude: 6.5 }],
    ['0.5 less', { magnitude: 5.7 }],
    ['60 km away', { hypocentre: { ...hypocentre, latitude: hypocentre.latitude + 0.54 } }],
    ['50 km deeper', { hypocentre: { ...hypocentre, depthKm: 60 } }],
  ] as const)('updates for %s', (_what, changes) => {
    expect(alertOf(next(changes))).toMatchObject({ kind: 'update', seq: 2, previousMagnitude: 6.2 });
  });

  it('escalates step by step, each measured from what was last told (Türkiye 2023)', () => {
    let lastAlert = anAlert({ ...told, magnitude: 4.9 });
    for (const magnitude of [5.8, 7.4, 7.8]) {
      lastAlert = alertOf(next({ magnitude }, soon + 60_000, lastAlert));
      expect(lastAlert).toMatchObject({ kind: 'update', magnitude });
    }
    expect(next({ magnitude: 7.9 }, soon + 60_000, lastAlert)).toEqual({ none: 'alreadyAlerted' });
  });

  it('never lowers in silence: also below every threshold, as far as people were told (Sacramento 2023)', () => {
    const alert = alertOf(next({ magnitude: 4.1 }));
    expect(alert).toMatchObject({ kind: 'update', magnitude: 4.1, areaRadiusKm: 600 });
  });

  it('cancels what every source retracted, with what was told, also long after', () => {
    const alert = alertOf(next({ status: 'deleted', magnitude: 0 }, soon + 20 * 3_600_000));
    expect(alert).toMatchObject({ kind: 'cancel', seq: 2, magnitude: 6.2, areaRadiusKm: 600, type: 'notification' });
    expect(next({ status: 'deleted' }, soon + 25 * 3_600_000)).toEqual({ none: 'retractedTooLate' });
  });

  it('cancels once, and alerts again if it was true after all', () => {
    const cancel = alertOf(next({ status: 'deleted' }));
    expect(next({ status: 'deleted' }, soon + 70_000, cancel)).toEqual({ none: 'deleted' });
    expect(alertOf(next({}, soon + 70_000, cancel))).toMatchObject({ kind: 'alert', seq: 3 });
  });

  it('corrects for two hours; later revisions help nobody', () => {
    expect(alertOf(next({ magnitude: 6.6 }, originTimeMs + 7_100_000)).kind).toBe('update');
    expect(next({ magnitude: 6.6 }, originTimeMs + 7_300_000)).toEqual({ none: 'originTooOld' });
  });
});
