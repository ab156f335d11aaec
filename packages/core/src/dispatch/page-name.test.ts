import { aPageKey } from '@quakewire/testing';
import fc from 'fast-check';
import { channelNames, pageName, pageOfName } from '../index.ts';

const anyPage = fc.record({
  earthquakeId: fc.stringMatching(/^[\w.:-]{1,40}$/),
  seq: fc.integer({ min: 1 }),
  channel: fc.constantFrom(...channelNames),
  segmentId: fc.nat(),
  page: fc.nat(),
});
const anyPlace = fc.option(
  fc.record({ queue: fc.constantFrom('backup' as const, 'replay' as const), batch: fc.nat() }),
  { nil: undefined },
);

test('a page is found again by its name, and no two pages have the same', () => {
  fc.assert(
    fc.property(anyPage, anyPlace, (page, queued) => {
      const key = queued ? { ...page, queued } : page;
      expect(pageOfName(pageName(key))).toEqual(key);
    }),
  );
});

test.each(['', 'eq1/1/sms/0', 'eq1/1/fax/0/0', 'eq1/x/sms/0/0', `${pageName(aPageKey())}/other-0`])(
  '%j names no page',
  (name) => {
    expect(pageOfName(name)).toBeUndefined();
  },
);
