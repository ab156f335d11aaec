import { aBulletin, anAlert, anEarthquake, aPolicy, originTimeMs } from '@quakewire/testing';
import { concerns } from './concerns.ts';
import { type AlertDecision, decideAlert } from './decide-alert.ts';

const romania = { south: 43.5, north: 48.3, west: 20.2, east: 29.8 };
const turkey = { south: 35.8, north: 42.2, west: 25.6, east: 44.9 };
const nowMs = originTimeMs + 60_000;
const marmara = aBulletin();

function decide(
  modes: { RO: 'live' | 'shadow' | 'off'; TR: 'live' | 'shadow' | 'off' },
  earthquake = {},
): AlertDecision {
  const regions = { RO: { mode: modes.RO, area: romania }, TR: { mode: modes.TR, area: turkey } };
  return decideAlert(anEarthquake({ preferred: marmara, ...earthquake }), aPolicy({ regions }), {
    nowMs,
    mainshocks: [],
  });
}

describe('regions', () => {
  it('are told when they are live and the earthquake is felt there, wherever it is', () => {
    expect(decide({ RO: 'live', TR: 'live' })).toMatchObject({ mode: 'live', alert: { within: [romania, turkey] } });
    expect(decide({ RO: 'live', TR: 'off' })).toMatchObject({ mode: 'live', alert: { within: [romania] } });
  });

  it('are told nothing when they are switched off, nor when it is not felt there', () => {
    expect(decide({ RO: 'off', TR: 'off' })).toEqual({ none: 'feltInNoRegion' });
    const chile = { hypocentre: { ...marmara.hypocentre, latitude: -33, longitude: -71.6 }, magnitude: 8.5 };
    expect(decide({ RO: 'live', TR: 'live' }, { preferred: aBulletin(chile) })).toEqual({ none: 'feltInNoRegion' });
  });

  it('in shadow mode decide, and tell nobody', () => {
    expect(decide({ RO: 'shadow', TR: 'off' })).toMatchObject({ mode: 'shadow', alert: { within: [romania] } });
    expect(decide({ RO: 'shadow', TR: 'live' })).toMatchObject({ mode: 'live', alert: { within: [turkey] } });
  });

  it('that go live in mid-earthquake get a first alert, not an update to what nobody was told', () => {
    const shadowed = { lastAlert: anAlert({ magnitude: 5 }), lastAlertSeq: 1, shadow: true };
    expect(decide({ RO: 'live', TR: 'off' }, shadowed)).toMatchObject({
      mode: 'live',
      alert: { kind: 'alert', seq: 2 },
    });
    expect(decide({ RO: 'shadow', TR: 'off' }, shadowed)).toMatchObject({ mode: 'shadow', alert: { kind: 'update' } });
  });

  it('that were told and are switched off get a cancel all the same, and no update', () => {
    const told = { lastAlert: anAlert({ magnitude: 5, within: [turkey] }), lastAlertSeq: 1, shadow: false };
    expect(decide({ RO: 'off', TR: 'shadow' }, told)).toEqual({ none: 'feltInNoRegion' });
    const retracted = { ...told, preferred: aBulletin({ status: 'deleted' }) };
    expect(decide({ RO: 'off', TR: 'off' }, retracted)).toMatchObject({ mode: 'live', alert: { kind: 'cancel' } });
  });

  it('hold also at each place: who lives outside is not concerned', () => {
    const istanbul = {
      ...{ channel: 'sms' as const, latitude: 41.0082, longitude: 28.9784 },
      ...{ minimumIntensity: 3, validFromMs: 0 },
    };
    expect(concerns(istanbul, anAlert({ within: [turkey] }))).toBe(true);
    expect(concerns(istanbul, anAlert({ within: [romania] }))).toBe(false);
  });
});
