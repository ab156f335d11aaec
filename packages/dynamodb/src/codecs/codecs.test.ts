import { createHash } from 'node:crypto';
import { channelNames, outcomes, type PageRange, type RunCounts } from '@quakewire/core';
import { someCounts } from '@quakewire/testing';
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
import { packRows, unpackRows } from './shared-columns.ts';

const hexDigit = fc.constantFrom(...'0123456789abcdef');
const hex = (length: number) => fc.string({ unit: hexDigit, minLength: length, maxLength: length });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const sesId = fc
  .tuple(fc.oneof(hex(16), fc.constant('0107019afdb3b3ec')), hex(8), hex(4), hex(4), hex(4), hex(12))
  .chain((groups) => fc.constantFrom('000000', '000001').map((suffix) => [...groups, suffix].join('-')));
const anyMessageId = fc.oneof(
  hex(32).map((digits) => `SM${digits}`),
  sesId,
  fc.nat(2 ** 40).map(String),
  fc.string({ maxLength: 60 }),
);

describe('endpoint ids', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(hex(16)), (ids) => expect(unpackEndpointIds(packEndpointIds(ids), ids.length)).toEqual(ids)),
    );
  });

  it('take 7 bytes each where no person has more than 255 endpoints', () => {
    const ids = ['5f0c91d3a2b40001', 'a07733e118c20003', '0b9e4fd6e5710001'];
    expect(packEndpointIds(ids)).toHaveLength(1 + 1 + ids.length * 7);
  });

  it('of more or fewer endpoints than were packed are refused', () => {
    const packed = packEndpointIds(['5f0c91d3a2b40001', 'a07733e118c20003']);
    expect(() => unpackEndpointIds(packed, 1)).toThrow('more than the ids of 1 endpoints');
    expect(() => unpackEndpointIds(packed, 3)).toThrow('16 bytes are fewer than 3 rows need, which is 23');
    expect(() => unpackEndpointIds(packed, 0)).toThrow('more than the ids of 0 endpoints');
  });

  it.each(['', '0011', 'ABCDEF0123456789', '0123456789abcdefff', 'not hex digits!!'])('refuse %j', (id) => {
    expect(() => packEndpointIds([id])).toThrow('is not 16 lower-case hex digits');
  });
});

describe('rows with shared columns', () => {
  const table = fc
    .tuple(fc.nat(30), fc.nat(150))
    .chain(([width, count]) =>
      fc.record({
        common: fc.uint8Array({ minLength: width, maxLength: width }),
        isShared: fc.array(fc.boolean(), { minLength: width, maxLength: width }),
        own: fc.array(fc.uint8Array({ minLength: width, maxLength: width }), { minLength: count, maxLength: count }),
      }),
    )
    .map(({ common, isShared, own }) => ({
      width: common.length,
      rows: own.map((row) => Buffer.from(row.map((byte, column) => (isShared[column] ? common[column] : byte) ?? 0))),
    }));

  it('come back as they were, and what follows them too', () => {
    fc.assert(
      fc.property(table, fc.uint8Array(), ({ width, rows }, following) => {
        const rest = Buffer.from(following);
        expect(unpackRows(width, rows.length, Buffer.concat([packRows(width, rows), rest]))).toEqual({ rows, rest });
      }),
    );
  });

  it('write what all rows share once', () => {
    const rows = ['aabb01', 'aabb02', 'aabb03'].map((row) => Buffer.from(row, 'hex'));
    expect(packRows(3, rows).toString('hex')).toBe('03aabb010203');
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

  const digest = (index: number) => createHash('md5').update(String(index)).digest('hex');
  const uuid = (index: number) => digest(index).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  it.each([
    ['sms', 'random', (index: number) => `SM${digest(index)}`, 16],
    [
      'email',
      'of two seconds',
      (index: number) => `0107019afdb3${(index * 20).toString(16).padStart(4, '0')}-${uuid(index)}-000000`,
      18,
    ],
    ['telegram', 'counted', (index: number) => String(3_000_000 + index * 20), 2],
    ['telegram', 'all the same', () => '3000000', 0],
  ] as const)(
    'of %s, %s, take %3$i bytes each, a quarter for their kind, and what they share once',
    (channel, _, idOf, size) => {
      const whole = { sms: 16, email: 27, telegram: 5 }[channel];
      const ids = Array.from({ length: 100 }, (_, index) => idOf(index));
      expect(packMessageIds(channel, ids)).toHaveLength(25 + Math.ceil(whole / 8) + (whole - size) + 100 * size);
    },
  );

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

  it.each([
    [2_540, 1],
    [2_550, 2],
  ])('that are at most %i ms apart take %i bytes an endpoint', (apartMs, size) => {
    const times = Array.from({ length: 100 }, (_, index) => first + Math.round((index * apartMs) / 99));
    expect(packSendTimes(times)).toHaveLength(6 + 1 + (2 - size) + 100 * size);
  });

  it('take nothing where nothing was sent', () => {
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

  it('take no digit where they are zero, as most are', () => {
    expect(packCounts(someCounts(400))).toBe('400,,400,400,,,,,,');
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
