import { channelNames, outcomes, type PageRange, type RunCounts } from '@quakewire/core';
import fc from 'fast-check';
import { packCounts, unpackCounts } from './counts.ts';
import { packEndpointIds, unpackEndpointIds } from './endpoint-ids.ts';
import { packMessageIds, unpackMessageIds } from './message-ids.ts';
import { packOutcomes, unpackOutcomes } from './outcome-codes.ts';
import { packPageCuts, unpackPageCuts } from './page-cuts.ts';
import { packPlace, packPlaces, unpackPlace, unpackPlaces } from './places.ts';
import { packQuietHours, unpackQuietHours } from './quiet-hours.ts';
import { packReasons, unpackReasons } from './reasons.ts';
import { packRowKeys, unpackRowKey, unpackRowKeys } from './row-keys.ts';
import { packSegmentOrder, unpackSegmentOrder } from './segment-order.ts';
import { packSendTimes, unpackSendTimes } from './send-times.ts';

const hexDigit = fc.constantFrom(...'0123456789abcdef');
const hex = (length: number) => fc.string({ unit: hexDigit, minLength: length, maxLength: length });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const sesId = fc.tuple(hex(16), hex(8), hex(4), hex(4), hex(4), hex(12), hex(6)).map((groups) => groups.join('-'));
const anyMessageId = fc.oneof(
  hex(32).map((digits) => `SM${digits}`),
  sesId,
  fc.nat(2 ** 40).map(String),
  fc.string({ maxLength: 60 }),
);

describe('endpoint ids', () => {
  it('take 8 bytes each and come back as they were', () => {
    fc.assert(
      fc.property(fc.array(hex(16)), (ids) => {
        const packed = packEndpointIds(ids);
        expect(packed).toHaveLength(ids.length * 8);
        expect(unpackEndpointIds(packed)).toEqual(ids);
      }),
    );
  });

  it.each(['', '0011', 'ABCDEF0123456789', '0123456789abcdefff', 'not hex digits!!'])('refuse %j', (id) => {
    expect(() => packEndpointIds([id])).toThrow('is not 16 lower-case hex digits');
  });
});

describe('outcomes', () => {
  it('take one byte each and come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outcomes)), (list) => {
        expect(Buffer.byteLength(packOutcomes(list))).toBe(list.length);
        expect(unpackOutcomes(packOutcomes(list))).toEqual(list);
      }),
    );
  });

  it('refuse a code that a newer version wrote', () => {
    expect(() => unpackOutcomes('D?')).toThrow('outcome code "?" is not known');
  });
});

describe('reasons', () => {
  it('come back as they were, at their endpoints', () => {
    fc.assert(
      fc.property(fc.array(optional(fc.string({ maxLength: 20 })), { maxLength: 200 }), (reasons) => {
        expect(unpackReasons(packReasons(reasons), reasons.length)).toEqual(reasons);
      }),
    );
  });

  it('take nothing where there are none, and 3 bytes an endpoint once their text is in the table', () => {
    expect(packReasons([undefined, undefined])).toBeUndefined();
    const same = new Array(100).fill('blocked');
    expect(packReasons(same)?.length).toBe(1 + 8 + 300);
  });

  it('are cut at 80 bytes, never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 20 }), (reason) => {
        const [kept = ''] = unpackReasons(packReasons([reason]), 1);
        expect(reason.startsWith(kept)).toBe(true);
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(80);
        expect(kept === reason || Buffer.byteLength(kept) > 76).toBe(true);
      }),
    );
  });

  it('beyond 254 different ones are called other', () => {
    const many = Array.from({ length: 300 }, (_, index) => `reason ${index}`);
    const kept = unpackReasons(packReasons(many), 300);
    expect(kept.slice(0, 254)).toEqual(many.slice(0, 254));
    expect(new Set(kept.slice(254))).toEqual(new Set(['other']));
  });
});

describe('message ids', () => {
  it('come back as they were on every channel, in the provider’s form or any other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...channelNames), fc.array(optional(anyMessageId)), (channel, ids) => {
        expect(unpackMessageIds(channel, packMessageIds(channel, ids), ids.length)).toEqual(ids);
      }),
    );
  });

  it.each([
    ['sms', `SM${'0f'.repeat(16)}`, 16],
    ['email', '010001890a1b2c3d-0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d-000000', 27],
    ['telegram', '1099511627775', 5],
  ] as const)('of %s take their own size and a quarter of a byte', (channel, id, size) => {
    expect(packMessageIds(channel, new Array(100).fill(id))).toHaveLength(100 * size + 25);
  });

  it('take nothing where there are none', () => {
    expect(packMessageIds('sms', [undefined, undefined])).toBeUndefined();
  });

  it('of absurd length are cut, so that the page can be settled', () => {
    const [kept] = unpackMessageIds('webhook', packMessageIds('webhook', ['x'.repeat(5_000)]), 1);
    expect(kept).toBe('x'.repeat(255));
  });
});

describe('send times', () => {
  const first = 1_745_401_800_003;

  it('come back within 10 ms, never later than they were', () => {
    const times = fc.array(optional(fc.nat(655_000).map((ms) => first + ms)));
    fc.assert(
      fc.property(times, (timesMs) => {
        const back = unpackSendTimes(packSendTimes(timesMs), timesMs.length);
        for (const [index, timeMs] of timesMs.entries()) {
          if (timeMs === undefined) expect(back[index]).toBeUndefined();
          else expect(timeMs - (back[index] ?? Number.NaN)).toBeGreaterThanOrEqual(0);
          if (timeMs !== undefined) expect(timeMs - (back[index] ?? Number.NaN)).toBeLessThan(10);
        }
      }),
    );
  });

  it('stay as they are when they are packed again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(655_000)), (offsets) => {
        const timesMs = offsets.map((ms) => first + ms);
        const once = unpackSendTimes(packSendTimes(timesMs), timesMs.length);
        expect(unpackSendTimes(packSendTimes(once), once.length)).toEqual(once);
      }),
    );
  });

  it('take 2 bytes an endpoint and 6 for the first', () => {
    expect(packSendTimes(new Array(100).fill(first))).toHaveLength(206);
    expect(packSendTimes([undefined])).toBeUndefined();
  });

  it('of fractions of a millisecond are whole milliseconds', () => {
    expect(unpackSendTimes(packSendTimes([first + 0.7, first + 20.2]), 2)).toEqual([first, first + 20]);
  });

  it('more than 655 s after the first are shown as that', () => {
    expect(unpackSendTimes(packSendTimes([first, first + 3_600_000]), 2)).toEqual([first, first + 655_340]);
  });
});

describe('places', () => {
  const place = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });

  it('take 8 bytes and come back within a microdegree', () => {
    fc.assert(
      fc.property(fc.array(place), (places) => {
        const packed = packPlaces(places);
        expect(packed).toHaveLength(places.length * 8);
        for (const [index, back] of unpackPlaces(packed).entries()) {
          expect(back.latitude).toBeCloseTo(places[index]?.latitude ?? Number.NaN, 6);
          expect(back.longitude).toBeCloseTo(places[index]?.longitude ?? Number.NaN, 6);
        }
      }),
    );
  });

  it('of whole microdegrees come back exactly', () => {
    expect(unpackPlace(packPlace({ latitude: 44.4268, longitude: -179.999999 }))).toEqual({
      latitude: 44.4268,
      longitude: -179.999999,
    });
  });

  it('that are none are refused', () => {
    expect(() => unpackPlace(new Uint8Array(7))).toThrow('not a place');
    expect(() => unpackPlace(packPlace({ latitude: 91, longitude: 0 }))).toThrow('not a place');
  });
});

describe('page cuts', () => {
  /** Adjoining ranges: for each cell its bounds, as the segmenter makes them. */
  const ranges = fc
    .uniqueArray(fc.tuple(hex(5), fc.uniqueArray(hex(8), { minLength: 2, maxLength: 6 })), {
      selector: ([cell]) => cell,
    })
    .map((cells) =>
      cells.flatMap(([cell, keys]) => {
        const bounds = ['', ...keys.sort(), '~'];
        return bounds.slice(1).map((to, index): PageRange => ({ cell, from: bounds[index] ?? '', to }));
      }),
    );

  it('come back as they were', () => {
    fc.assert(fc.property(ranges, (all) => expect(unpackPageCuts(packPageCuts(all))).toEqual(all)));
  });

  it('write the bound between two pages once', () => {
    const packed = packPageCuts([
      { cell: '831e9', from: '', to: '871e90a2b' },
      { cell: '831e9', from: '871e90a2b', to: '~' },
    ]);
    expect(packed.length).toBe('831e9||871e90a2b|~'.length);
  });

  it('are refused when two pages of a cell do not join', () => {
    const gap = [
      { cell: 'a', from: '', to: '4' },
      { cell: 'a', from: '5', to: '~' },
    ];
    expect(() => packPageCuts(gap)).toThrow('pages of cell a do not join at 4');
  });
});

describe('segment orders', () => {
  it('take 2 bytes an id and come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(65_535)), (ids) => {
        expect(packSegmentOrder(ids)).toHaveLength(ids.length * 2);
        expect(unpackSegmentOrder(packSegmentOrder(ids))).toEqual(ids);
      }),
    );
  });

  it.each([-1, 65_536, 1.5])('refuse id %d', (id) => {
    expect(() => packSegmentOrder([id])).toThrow(`segment id ${id} is not a whole number`);
  });
});

describe('counts', () => {
  const counts = fc.record({
    considered: fc.nat(),
    notConcerned: fc.nat(),
    eligible: fc.nat(),
    accepted: fc.nat(),
    failed: fc.nat(),
    suppressed: fc.nat(),
    expired: fc.nat(),
    unknown: fc.nat(),
    handedToBackup: fc.nat(),
    fromBackup: fc.nat(),
  });

  it('come back as they were', () => {
    fc.assert(fc.property(counts, (some: RunCounts) => expect(unpackCounts(packCounts(some))).toEqual(some)));
  });

  it.each(['', '1,2,3', '1,2,3,4,5,6,7,8,9,x', '1,2,3,4,5,6,7,8,9'])('refuse %j', (packed) => {
    expect(() => unpackCounts(packed)).toThrow('are not ten whole numbers');
  });
});

describe('row keys', () => {
  const key = fc.record({ id: hex(16), cell: hex(6), fine: hex(9) }).map(({ id, cell, fine }) => ({
    ...{ endpointId: id, cell },
    sortKey: `${fine}#${id}`,
  }));

  it('come back as they were, each at its place, and take no room where nobody has one', () => {
    fc.assert(
      fc.property(fc.array(fc.option(key, { nil: undefined })), (keys) => {
        const packed = packRowKeys(keys);
        expect(packed === undefined).toBe(keys.every((each) => each === undefined));
        if (packed !== undefined) expect(unpackRowKeys(packed)).toEqual(keys);
      }),
    );
  });

  it.each(['', 'cell', '831f91/871f91a5b', '831f91/871f91a5b#12'])('refuse %j', (packed) => {
    expect(() => unpackRowKey(packed)).toThrow("a row's key is not");
  });
});

describe('quiet hours', () => {
  const minute = fc.nat(24 * 60 - 1);

  it('take 8 bytes and come back as they were', () => {
    fc.assert(
      fc.property(minute, minute, (fromMinute, toMinute) => {
        const packed = packQuietHours({ fromMinute, toMinute });
        expect(packed).toHaveLength(8);
        expect(unpackQuietHours(packed)).toEqual({ fromMinute, toMinute });
      }),
    );
  });

  it.each([undefined, '', '24000700', '22600700', '2200', 'at night', '220007000'])('are none in %j', (packed) => {
    expect(unpackQuietHours(packed)).toBeUndefined();
  });
});
