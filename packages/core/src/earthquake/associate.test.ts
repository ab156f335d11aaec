import { readFileSync } from 'node:fs';
import { aBulletin, anEarthquake, originTimeMs } from '@quakewire/testing';
import fc from 'fast-check';
import { associate } from './associate.ts';
import type { Bulletin, Hypocentre } from './bulletin.ts';

const first = aBulletin();
const known = anEarthquake({ preferred: first });
const other = (hypocentre: Partial<Hypocentre>, changes: Partial<Bulletin> = {}): Bulletin =>
  aBulletin({ source: 'emsc', id: 'x', ids: ['x'], hypocentre: { ...first.hypocentre, ...hypocentre }, ...changes });
const at = (latitude: number, longitude: number) =>
  anEarthquake({ preferred: aBulletin({ hypocentre: { ...first.hypocentre, latitude, longitude } }) });

describe('associate', () => {
  it('joins the recorded twins of two catalogues', () => {
    const file = new URL('../../fixtures/twins.json', import.meta.url);
    const twins: { dt_seconds: number; usgs: Twin; emsc: Twin }[] = JSON.parse(readFileSync(file, 'utf8'));
    interface Twin {
      lat: number;
      lon: number;
      depth: number;
    }
    const place = ({ lat, lon, depth }: Twin) => ({ latitude: lat, longitude: lon, depthKm: depth });
    for (const twin of twins) {
      const preferred = aBulletin({ hypocentre: { ...place(twin.usgs), originTimeMs } });
      const late = originTimeMs + twin.dt_seconds * 1000;
      const earthquake = anEarthquake({ preferred });
      expect(associate(other({ ...place(twin.emsc), originTimeMs: late }), [earthquake])).toBe(earthquake);
    }
    expect(twins).toHaveLength(6);
  });

  it('joins by origin within 16 s and 100 km, and not beyond', () => {
    expect(associate(other({ originTimeMs: originTimeMs + 16_000 }), [known])).toBe(known);
    expect(associate(other({ originTimeMs: originTimeMs - 16_001 }), [known])).toBeUndefined();
    expect(associate(other({ latitude: first.hypocentre.latitude + 0.89 }), [known])).toBe(known);
    expect(associate(other({ latitude: first.hypocentre.latitude + 0.91 }), [known])).toBeUndefined();
  });

  it('measures true distance: east and west at 70 degrees north, across the date line, around the pole', () => {
    expect(associate(other({ latitude: 70, longitude: 22.5 }), [at(70, 20)])).toBeDefined();
    expect(associate(other({ latitude: -17, longitude: -179.6 }), [at(-17, 179.6)])).toBeDefined();
    expect(associate(other({ latitude: 89.8, longitude: -90 }), [at(89.8, 90)])).toBeDefined();
    expect(associate(other({ latitude: -17, longitude: 178.6 }), [at(-17, 179.6)])).toBeUndefined();
  });

  it('keeps two earthquakes apart that were 350 km and 3 s from each other (Japan 2018-01-05)', () => {
    const toyama = at(36.6, 137.2);
    expect(
      associate(other({ latitude: 36.1, longitude: 141.1, originTimeMs: originTimeMs + 3000 }), [toyama]),
    ).toBeUndefined();
  });

  it('joins by a shared id a first location that was 450 km wrong (Japan 2020-07-30)', () => {
    const moved = other({ latitude: first.hypocentre.latitude - 4 }, { ids: ['x', first.id] });
    expect(associate(moved, [known])).toBe(known);
  });

  it('does not believe an id that stood in the lists of two earthquakes 6 h and 240 km apart', () => {
    const sixHoursLater = { originTimeMs: originTimeMs + 6 * 3_600_000, latitude: first.hypocentre.latitude + 2.16 };
    expect(associate(other(sixHoursLater, { ids: ['x', first.id] }), [known])).toBeUndefined();
  });

  it('follows a preferred id that changes', () => {
    const earlier = aBulletin({ id: 'mb90115658', ids: ['mb90115658', 'us6000rex7'] });
    const earthquake = anEarthquake({ preferred: earlier });
    const later = aBulletin({ id: 'us6000rex7', ids: ['us6000rex7', 'mb90115658'] });
    expect(associate(later, [earthquake])).toBe(earthquake);
  });

  it('chooses the nearest of several, whatever their order', () => {
    const near = anEarthquake({ id: 'near', preferred: other({ originTimeMs: originTimeMs + 1000 }) });
    const far = anEarthquake({ id: 'far', preferred: other({ originTimeMs: originTimeMs + 9000 }) });
    const bulletin = other({}, { ids: ['y'] });
    expect(associate(bulletin, [near, far])?.id).toBe('near');
    expect(associate(bulletin, [far, near])?.id).toBe('near');
  });

  it('never looks at the magnitude', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 9.5, noNaN: true }), (magnitude) => {
        expect(associate(other({}, { magnitude }), [known])).toBe(known);
      }),
    );
  });
});
