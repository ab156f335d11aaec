import { aBulletin } from '@quakewire/testing';
import fc from 'fast-check';
import { addBulletin as addWithTrust } from './add-bulletin.ts';
import type { Bulletin } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';

const usgs = aBulletin();
const emsc = aBulletin({ source: 'emsc', id: '20250423_0000104', ids: ['20250423_0000104'] });

const trust = { ingest: 3, emsc: 2, usgs: 1, operator: 0 };
const addBulletin = (earthquake: Earthquake | undefined, bulletin: Bulletin) =>
  addWithTrust(earthquake, bulletin, ({ source }) => trust[source]);

describe('add bulletin', () => {
  it('makes a new earthquake at revision 1, named after its origin time and the bulletin', () => {
    expect(addBulletin(undefined, usgs)).toMatchObject({
      id: '20250423T094910-us7000pufs',
      revision: 1,
      lastAlertSeq: 0,
    });
  });

  it('keeps the newest version of each source and drops older ones and repetitions', () => {
    const one = addBulletin(undefined, usgs);
    const two = addBulletin(one, emsc);
    expect(two).toMatchObject({ revision: 2, bulletins: [usgs, emsc] });
    expect(addBulletin(two, usgs)).toBeUndefined();
    expect(addBulletin(two, { ...usgs, version: usgs.version - 1 })).toBeUndefined();
    const newer = { ...usgs, version: usgs.version + 1, id: 'tr1', ids: ['tr1', usgs.id] };
    expect(addBulletin(two, newer)).toMatchObject({ revision: 3, bulletins: [emsc, newer] });
  });

  it('takes a retraction whatever its version, once', () => {
    const one = addBulletin(undefined, usgs);
    const retraction = { ...usgs, status: 'deleted', version: usgs.version - 5 } as const;
    const two = addBulletin(one, retraction);
    expect(two).toMatchObject({ revision: 2, preferred: { status: 'deleted' } });
    expect(addBulletin(two, retraction)).toBeUndefined();
  });

  it('names an exercise as one', () => {
    expect(addBulletin(undefined, { ...usgs, exercise: true })?.id).toBe('exercise-20250423T094910-us7000pufs');
  });

  it('prefers what is not deleted, then reviewed, then what is trusted most', () => {
    const add = (...bulletins: (typeof usgs)[]): Earthquake | undefined =>
      bulletins.reduce<Earthquake | undefined>((earthquake, bulletin) => addBulletin(earthquake, bulletin), undefined);
    const institute = aBulletin({ source: 'ingest', id: 'i', ids: ['i'] });
    expect(add(usgs, emsc, institute)?.preferred.source).toBe('ingest');
    expect(add(usgs, emsc, { ...institute, status: 'deleted' })?.preferred.source).toBe('emsc');
    expect(add(emsc, { ...usgs, status: 'reviewed' })?.preferred.source).toBe('usgs');
  });

  it('ends with the same solution in whatever order bulletins arrive', () => {
    const versions = [
      usgs,
      { ...usgs, version: usgs.version + 5, magnitude: 6 },
      emsc,
      { ...emsc, version: emsc.version + 9, magnitude: 5.9 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(versions, { minLength: 4 }), (order) => {
        const ended = order.reduce<Earthquake | undefined>(
          (known, bulletin) => addBulletin(known, bulletin) ?? known,
          undefined,
        );
        expect(ended?.preferred).toEqual(versions[3]);
        expect(ended?.bulletins).toHaveLength(2);
      }),
    );
  });

  it('lets operators end it, whatever feeds go on to say, until operators say otherwise', () => {
    const known = addBulletin(addBulletin(undefined, usgs), emsc);
    const byOperators = { source: 'operator', id: 'request1', ids: ['request1', 'us7000pufs'], version: 1 } as const;
    for (const status of ['deleted', 'over'] as const) {
      const ended = addBulletin(known, aBulletin({ ...byOperators, status }));
      expect(ended?.preferred.status).toBe(status);
      const goneOn = addBulletin(ended, { ...usgs, version: usgs.version + 1, status: 'reviewed' });
      expect(goneOn?.preferred.status).toBe(status);
      const again = addBulletin(goneOn, aBulletin({ ...byOperators, id: 'request2', version: 2, status: 'reviewed' }));
      expect(again?.preferred).toMatchObject({ source: 'usgs', status: 'reviewed' });
    }
  });
});
