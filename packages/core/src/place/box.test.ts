import fc from 'fast-check';
import { type Box, boxSchema, distanceToBoxKm, isInside } from './box.ts';
import { epicentralDistanceKm } from './geodesy.ts';

const romania: Box = { south: 43.5, north: 48.3, west: 20.2, east: 29.8 };
const fiji: Box = { south: -21, north: -12, west: 176, east: -178 };
const world: Box = { south: -90, north: 90, west: -180, east: 180 };

describe('box', () => {
  it('holds its inside and its borders, also across the date line', () => {
    expect(isInside({ latitude: 44.4, longitude: 26.1 }, romania)).toBe(true);
    expect(isInside({ latitude: 43.5, longitude: 29.8 }, romania)).toBe(true);
    expect(isInside({ latitude: 41, longitude: 29 }, romania)).toBe(false);
    expect(isInside({ latitude: -17, longitude: -179 }, fiji)).toBe(true);
    expect(isInside({ latitude: -17, longitude: 179 }, fiji)).toBe(true);
    expect(isInside({ latitude: -17, longitude: 170 }, fiji)).toBe(false);
    for (const longitude of [-180, 0, 180]) expect(isInside({ latitude: 90, longitude }, world)).toBe(true);
  });

  it('is 0 km away from the inside, and as far as its nearest point from the outside', () => {
    expect(distanceToBoxKm({ latitude: 44.4, longitude: 26.1 }, romania)).toBe(0);
    expect(distanceToBoxKm({ latitude: 42.5, longitude: 25 }, romania)).toBeCloseTo(111.2, 0);
    expect(distanceToBoxKm({ latitude: -17, longitude: -177 }, fiji)).toBeCloseTo(106.3, 0);
  });

  it('is never farther than any point of the box', () => {
    const latitudes = fc.double({ min: -89, max: 89, noNaN: true });
    const longitudes = fc.double({ min: -180, max: 180, noNaN: true });
    const parts = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(latitudes, longitudes, parts, parts, (latitude, longitude, up, along) => {
        for (const box of [romania, fiji]) {
          const width = (box.east - box.west + 360) % 360;
          const inside = { latitude: box.south + up * (box.north - box.south), longitude: box.west + along * width };
          const nearestKm = distanceToBoxKm({ latitude, longitude }, box);
          expect(nearestKm).toBeLessThanOrEqual(epicentralDistanceKm({ latitude, longitude }, inside) + 1e-6);
        }
      }),
    );
  });

  it.each([
    [{ ...romania, south: 49 }, 'south'],
    [{ ...romania, east: 20.2 }, 'west'],
    [{ ...romania, north: 91 }, 'north'],
  ])('refuses %j by the name of the field', (box, field) => {
    expect(boxSchema.safeParse(box).error?.issues[0]?.path).toEqual([field]);
  });
});
