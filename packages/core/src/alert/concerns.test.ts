import { anAlert, anEndpoint } from '@quakewire/testing';
import { concerns } from './concerns.ts';

const alert = anAlert();
const { issuedAtMs } = alert;

describe('concerns', () => {
  it('reaches a place where the expected intensity is at least what its subscriber asks for', () => {
    // Istanbul, 68 km from the epicentre of an M 6.2: median about 5.0.
    expect(concerns(anEndpoint(1, { minimumIntensity: 4.9 }), alert)).toBe(true);
    expect(concerns(anEndpoint(1, { minimumIntensity: 5.2 }), alert)).toBe(false);
  });

  it('ends at the border of the area, whatever the subscriber asks for', () => {
    const bucharest = { latitude: 44.43, longitude: 26.1, minimumIntensity: 2 };
    expect(concerns(anEndpoint(1, bucharest), alert)).toBe(true);
    expect(concerns(anEndpoint(1, bucharest), anAlert({ areaRadiusKm: 400 }))).toBe(false);
  });

  it('judges a row by the instant of the decision: from is included, to is not', () => {
    expect(concerns(anEndpoint(1, { validFromMs: issuedAtMs }), alert)).toBe(true);
    expect(concerns(anEndpoint(1, { validFromMs: issuedAtMs + 1 }), alert)).toBe(false);
    expect(concerns(anEndpoint(1, { validToMs: issuedAtMs + 1 }), alert)).toBe(true);
    expect(concerns(anEndpoint(1, { validToMs: issuedAtMs }), alert)).toBe(false);
  });
});
