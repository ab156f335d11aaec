import fc from 'fast-check';
import { endpointKey } from './endpoint-key.ts';

const id = '00112233445566ff';
const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('the key of an endpoint', () => {
  it('is its coarse cell, and its fine cell with its id', () => {
    expect(endpointKey({ latitude: 44.4268, longitude: 26.1025, id })).toMatchObject({
      cell: '831eee',
      sortKey: '871eeeb6b#00112233445566ff',
    });
  });

  it('keeps a fine cell below the digits of its coarse cell, so that neighbours in key order are neighbours on the map', () => {
    fc.assert(
      fc.property(place, (somewhere) => {
        const { cell, sortKey } = endpointKey({ ...somewhere, id });
        expect(sortKey.startsWith(`87${cell.slice(2)}`)).toBe(true);
      }),
    );
  });

  it('lies between the lowest and the highest sort key, everywhere on Earth', () => {
    fc.assert(
      fc.property(place, (somewhere) => {
        const { sortKey } = endpointKey({ ...somewhere, id });
        expect(sortKey > '' && sortKey < '~').toBe(true);
      }),
    );
  });

  it('names a cell whose centre is not farther than the cell is wide', () => {
    fc.assert(
      fc.property(place, ({ latitude, longitude }) => {
        const { centre } = endpointKey({ latitude, longitude, id });
        expect(Math.abs(centre.latitude - latitude)).toBeLessThan(1);
      }),
    );
  });
});
