import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseEmscFrame } from './emsc-frame.ts';
import type { Parsed } from './source.ts';
import { parseUsgsAnswer } from './usgs-answer.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');

function tallyOf(events: readonly Parsed[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const event of events) {
    const name =
      'bulletin' in event ? 'parsed' : 'skipped' in event ? `skipped ${event.skipped}` : `rejected ${event.rejected}`;
    tally[name] = (tally[name] ?? 0) + 1;
  }
  return tally;
}

/** A recorded answer with one feature, changed. */
function usgsWith(
  change: (feature: { properties: Record<string, unknown>; geometry: { coordinates: unknown[] } }) => void,
): Parsed[] {
  const answer = JSON.parse(read('usgs/2013-07-20T1633_all_hour.json'));
  change(answer.features[0]);
  return parseUsgsAnswer(JSON.stringify(answer));
}

function emscWith(change: (frame: { action: unknown; data: { properties: Record<string, unknown> } }) => void): Parsed {
  const frame = JSON.parse(read('emsc/websocket_frames.jsonl').split('\n')[2] ?? '');
  change(frame);
  return parseEmscFrame(JSON.stringify(frame));
}

describe('USGS answers', () => {
  it.each([
    ['2013-07-20T1633_all_hour', { parsed: 1 }],
    ['2013-07-20T1634_all_day_EXCERPT', { parsed: 2, 'skipped properties.type': 2 }],
    ['2014-02-05_all_day_EXCERPT', { parsed: 2, 'skipped properties.type': 4 }],
    ['2017-12-03_all_hour', { parsed: 8 }],
    ['2018-01-18_null_fields', { parsed: 2, 'skipped properties.mag': 1 }],
    ['2018-09-22_all_month_EXCERPT', { parsed: 2, 'skipped properties.mag': 1 }],
    ['2018-06-14_all_week_EXCERPT', { parsed: 8, 'skipped properties.type': 7 }],
    ['2020-10-13_all_week_EXCERPT', { parsed: 8, 'skipped properties.type': 8 }],
    ['2021-12-04_all_hour', { parsed: 14 }],
    ['2025-04-26_fdsn_query_turkey', { parsed: 17 }],
    ['empty_result', {}],
    ['historic_1785-1824_EXCERPT', { 'skipped geometry.coordinates.2': 3 }],
  ])('takes the recording %s', (name, expected) => {
    expect(tallyOf(parseUsgsAnswer(read(`usgs/${name}.json`)))).toEqual(expected);
  });

  it('takes an event that was updated after the answer says that it was made', () => {
    const answer = JSON.parse(read('usgs/2013-07-20T1633_all_hour.json'));
    answer.features[0].properties.updated = answer.metadata.generated + 60_000;
    expect(tallyOf(parseUsgsAnswer(JSON.stringify(answer)))).toEqual({ parsed: 1 });
  });

  it('covers every recording that is kept here', () => {
    expect(readdirSync(new URL('usgs/', fixtures))).toHaveLength(12);
  });

  it('reads the Marmara M 6.2 of 2025-04-23 with its depth, ids and version', () => {
    const events = parseUsgsAnswer(read('usgs/2025-04-26_fdsn_query_turkey.json'));
    const marmara = events.find((event) => 'bulletin' in event && event.bulletin.id === 'us7000pufs');
    expect(marmara).toMatchObject({
      bulletin: {
        source: 'usgs',
        ids: expect.arrayContaining(['us7000pufs']),
        hypocentre: {
          originTimeMs: Date.UTC(2025, 3, 23, 9, 49, 10, 874),
          latitude: 40.8395,
          longitude: 28.142,
          depthKm: 10,
        },
        magnitude: 6.2,
        magnitudeType: 'mww',
        status: 'reviewed',
        network: 'us',
        stations: 71,
        exercise: false,
      },
    });
  });

  it('reads capitals, unwraps the list of ids, and keeps a negative depth', () => {
    const [event] = usgsWith(({ properties, geometry }) => {
      properties.ids = ',AK10764004,us2013abcd,';
      geometry.coordinates[2] = -2.1;
    });
    expect(event).toMatchObject({
      bulletin: {
        ids: ['ak10764004', 'us2013abcd'],
        status: 'automatic',
        magnitudeType: 'ml',
        hypocentre: { depthKm: -2.1 },
      },
    });
  });

  it('reads a feature without the name of a place, and an update later than the answer itself', () => {
    const [event] = usgsWith(({ properties }) =>
      Object.assign(properties, { place: null, updated: 4_000_000_000_000 }),
    );
    expect(event).toMatchObject({ bulletin: { region: '', version: 4_000_000_000_000 } });
  });

  it('takes a retraction whatever else is missing, and refuses a status that it does not know', () => {
    const withStatus = (status: string) =>
      usgsWith(({ properties, geometry }) => {
        Object.assign(properties, { status, mag: null });
        geometry.coordinates[2] = null;
      });
    expect(withStatus('DELETED')).toMatchObject([{ bulletin: { status: 'deleted' } }]);
    expect(withStatus('deletec')).toEqual([{ rejected: 'properties.status' }]);
    expect(withStatus('reviewed')).toEqual([{ skipped: 'properties.mag' }]);
  });

  it.each(['quarry', 'quarry blast', 'explosion', 'ice quake', 'volcanic eruption', 'other event', 'never heard of'])(
    'skips the type %s',
    (type) => {
      expect(usgsWith(({ properties }) => Object.assign(properties, { type }))).toEqual([
        { skipped: 'properties.type' },
      ]);
    },
  );

  it.each([
    ['properties.mag', { mag: '6.2' }],
    ['properties.mag', { mag: 62 }],
    ['properties.time', { time: 1e300 }],
    ['properties.updated', { updated: null }],
    ['properties.ids', { ids: undefined }],
  ])('rejects a wrong %s by its name', (field, change) => {
    expect(usgsWith(({ properties }) => Object.assign(properties, change))).toEqual([{ rejected: field }]);
  });

  it('rejects places that are not on the Earth, and lets the other features through', () => {
    const answer = JSON.parse(read('usgs/2021-12-04_all_hour.json'));
    answer.features[0].geometry.coordinates[1] = 91;
    answer.features[1].geometry.coordinates[2] = 801;
    answer.features[2] = null;
    expect(tallyOf(parseUsgsAnswer(JSON.stringify(answer)))).toEqual({
      parsed: 11,
      'rejected geometry.coordinates.1': 1,
      'rejected geometry.coordinates.2': 1,
      'rejected (whole message)': 1,
    });
  });

  it.each(['', 'eqfeed_callback({});', '<html>', '{"type":"Feature"}', 'null'])(
    'rejects the answer %j as a whole',
    (text) => {
      expect(tallyOf(parseUsgsAnswer(text))).toMatchObject(
        text.includes('Feature') ? { 'rejected type': 1 } : { 'rejected (whole message)': 1 },
      );
    },
  );
});

describe('EMSC frames', () => {
  it('takes the recorded frames, depth positive downwards', () => {
    const frames = read('emsc/websocket_frames.jsonl').trim().split('\n').map(parseEmscFrame);
    expect(tallyOf(frames)).toEqual({ parsed: 5 });
    expect(frames[2]).toMatchObject({
      bulletin: {
        id: '20250305_0000090',
        version: Date.UTC(2025, 2, 5, 10, 6, 56, 102),
        hypocentre: { originTimeMs: Date.UTC(2025, 2, 5, 9, 45, 7), latitude: 40.115, longitude: 28.5381, depthKm: 7 },
        magnitude: 1.4,
        region: 'WESTERN TURKEY',
      },
    });
  });

  it('takes the 40 events of the Marmara sequence', () => {
    const { features } = JSON.parse(read('emsc/2025-04-23_marmara_EXCERPT.json'));
    const frames = features.map((data: unknown) => parseEmscFrame(JSON.stringify({ action: 'create', data })));
    expect(tallyOf(frames)).toEqual({ parsed: 40 });
  });

  it('takes what other clients have seen: created, insert, updated, and a deletion', () => {
    for (const action of ['created', 'insert', 'updated', 'UPDATE'])
      expect(emscWith((frame) => Object.assign(frame, { action }))).toMatchObject({
        bulletin: { status: 'automatic' },
      });
    expect(emscWith((frame) => Object.assign(frame, { action: 'delete' }))).toMatchObject({
      bulletin: { status: 'deleted' },
    });
  });

  it('takes a retraction whatever numbers are missing', () => {
    const bare = { lat: null, lon: null, depth: null, mag: null, evtype: 'kx' };
    const frame = emscWith((one) => {
      Object.assign(one, { action: 'delete' });
      Object.assign(one.data.properties, bare);
    });
    expect(frame).toMatchObject({ bulletin: { id: '20250305_0000090', status: 'deleted' } });
  });

  it.each([
    ['2025-03-05T10:06:56.1Z', 100],
    ['2025-03-05T10:06:56.10242Z', 102],
    ['2025-03-05T10:06:56.102425Z', 102],
    ['2025-03-05T10:06:56Z', 0],
  ])('reads the fraction digits of %s', (lastupdate, milliseconds) => {
    const version = Date.UTC(2025, 2, 5, 10, 6, 56, milliseconds);
    expect(emscWith((one) => Object.assign(one.data.properties, { lastupdate }))).toMatchObject({
      bulletin: { version },
    });
  });

  it('names whose solution it is', () => {
    expect(emscWith(() => undefined)).toMatchObject({ bulletin: { network: 'afad', exercise: false } });
  });

  it.each([
    ['action', 'action', 'merge'],
    ['properties.evtype', 'evtype', 'kx'],
    ['properties.mag', 'mag', null],
    ['properties.lat', 'lat', null],
    ['properties.depth', 'depth', null],
  ])('skips by %s', (skipped, field, value) => {
    const change = { [field]: value };
    expect(emscWith((frame) => Object.assign(field === 'action' ? frame : frame.data.properties, change))).toEqual({
      skipped,
    });
  });

  it.each([
    ['properties.time', { time: '2025-03-05 09:45:07' }],
    ['properties.lastupdate', { lastupdate: 'now' }],
    ['properties.lon', { lon: 181 }],
    ['properties.depth', { depth: 900 }],
    ['properties.unid', { unid: '../../etc' }],
  ])('rejects a wrong %s by its name', (rejected, change) => {
    expect(emscWith((frame) => Object.assign(frame.data.properties, change))).toEqual({ rejected });
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => expect(parseEmscFrame(text)).toHaveProperty('rejected')),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => expect(Array.isArray(parseUsgsAnswer(text))).toBe(true)),
    );
  });
});
