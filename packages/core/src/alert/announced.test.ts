import { aBulletin, anEarthquake, aPolicy } from '@quakewire/testing';
import type { Bulletin } from '../earthquake/bulletin.ts';
import type { ImminentSignal } from '../earthquake/imminent-signal.ts';
import { leadSeconds } from '../place/lead-time.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { supportOf } from './support.ts';

const bucharest = { latitude: 44.4268, longitude: 26.1025 };
const vrancea = { ...aBulletin().hypocentre, latitude: 45.72, longitude: 26.6, depthKm: 130 };
/** Alone, this solution causes nothing. */
const base = aPolicy();
const doubtful = { trust: 2, earlyWarning: false, secondSource: true, minimumStations: 0 };
const policyWith = (imminentSignals?: AlertPolicy['imminentSignals']): AlertPolicy =>
  aPolicy({ sources: { ...base.sources, emsc: doubtful }, ...(imminentSignals && { imminentSignals }) });
const fusing = policyWith({ sources: ['infp'], withinSeconds: 10 });

/** A signal that counts down to the S wave of `vrancea` in Bucharest, off by so much. */
function signal(offSeconds = 0): ImminentSignal {
  const sArrivalMs = vrancea.originTimeMs + (leadSeconds(vrancea, bucharest, vrancea.originTimeMs) + offSeconds) * 1000;
  const receivedAtMs = vrancea.originTimeMs + 20_000;
  return { source: 'infp', id: 'infp-1', magnitude: 5.4, place: bucharest, sArrivalMs, receivedAtMs };
}

function supportWith(policy: AlertPolicy, signals: readonly ImminentSignal[], changes: Partial<Bulletin> = {}) {
  const preferred = aBulletin({ source: 'emsc', hypocentre: vrancea, ...changes });
  return supportOf(anEarthquake({ bulletins: [preferred], preferred }), policy, { mainshocks: [], signals });
}

describe('a solution that an early-warning system announced', () => {
  it('is confirmed by it, where policy says so', () => {
    expect(supportWith(fusing, [])).toEqual({ doubt: 'needsSecondSource' });
    expect(supportWith(fusing, [signal()])).toEqual({ upTo: 'notification' });
    expect(supportWith(policyWith(), [signal()])).toEqual({ doubt: 'needsSecondSource' });
  });

  it('is confirmed only by a countdown to its own S wave', () => {
    expect(supportWith(fusing, [signal(9)])).toEqual({ upTo: 'notification' });
    expect(supportWith(fusing, [signal(11), signal(-11)])).toEqual({ doubt: 'needsSecondSource' });
    const marmara = { ...aBulletin().hypocentre };
    expect(supportWith(fusing, [signal()], { hypocentre: marmara })).toEqual({ doubt: 'needsSecondSource' });
  });

  it('is not confirmed as an exercise', () => {
    expect(supportWith(fusing, [signal()], { exercise: true })).toEqual({ doubt: 'needsSecondSource' });
  });
});
