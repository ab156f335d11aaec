import fc from 'fast-check';
import { blindZoneKm, leadSeconds } from './lead-time.ts';

const vrancea = { latitude: 45.77, longitude: 26.76, depthKm: 130, originTimeMs: 1_000_000 };
const bucharest = { latitude: 44.53, longitude: 26.4 };
const after = (seconds: number): number => vrancea.originTimeMs + seconds * 1000;

describe('lead time', () => {
  it('is about 24 s in Bucharest when the P wave above a Vrancea earthquake was processed in 4 s', () => {
    expect(leadSeconds(vrancea, bucharest, after(17.6 + 4))).toBeCloseTo(24, 0);
  });

  it('ends at 0 when the S wave arrives, and then says how long ago', () => {
    const lead = leadSeconds(vrancea, bucharest, vrancea.originTimeMs);
    expect(leadSeconds(vrancea, bucharest, after(lead))).toBeCloseTo(0, 9);
    expect(leadSeconds(vrancea, bucharest, after(lead + 5))).toBeCloseTo(-5, 9);
  });
});

describe('blind zone', () => {
  it('begins when the S wave comes up: at 31 s for 130 km depth, at once for a shallow one', () => {
    expect(blindZoneKm(vrancea, after(31))).toBe(0);
    expect(blindZoneKm(vrancea, after(33))).toBeGreaterThan(20);
    // S at 3.36 km/s from 10 km depth: 10 s are 32 km.
    expect(blindZoneKm({ depthKm: 10, originTimeMs: 0 }, 10_000)).toBeCloseTo(32.1, 0);
    expect(blindZoneKm({ depthKm: 10, originTimeMs: 0 }, -1)).toBe(0);
  });

  it('is where the lead is 0', () => {
    const depths = fc.double({ min: 0, max: 200, noNaN: true });
    const seconds = fc.double({ min: 65, max: 200, noNaN: true });
    fc.assert(
      fc.property(depths, seconds, (depthKm, elapsed) => {
        const source = { latitude: 0, longitude: 0, depthKm, originTimeMs: 0 };
        const edge = { latitude: 0, longitude: blindZoneKm(source, elapsed * 1000) / ((Math.PI * 6371) / 180) };
        expect(Math.abs(leadSeconds(source, edge, elapsed * 1000))).toBeLessThan(0.01);
      }),
    );
  });
});
