import { parsePost } from './parse-post.ts';

const solution = {
  schema: 1,
  id: 'infp2026Abcd',
  updated: '2026-03-04T19:22:02.5Z',
  status: 'automatic',
  originTime: '2026-03-04T21:21:54.10+02:00',
  latitude: 45.77,
  longitude: 26.76,
  depthKm: 94,
  magnitude: 6.8,
  magnitudeType: 'MVS',
  region: 'Vrancea, România',
  stations: 12,
};
const parse = (changes: object) => parsePost(JSON.stringify({ ...solution, ...changes }));

describe('a posted bulletin', () => {
  it('becomes one of ours', () => {
    expect(parse({})).toEqual({
      bulletin: {
        id: 'infp2026abcd',
        ids: ['infp2026abcd'],
        version: Date.parse('2026-03-04T19:22:02.500Z'),
        hypocentre: {
          originTimeMs: Date.parse('2026-03-04T19:21:54.100Z'),
          latitude: 45.77,
          longitude: 26.76,
          depthKm: 94,
        },
        magnitude: 6.8,
        magnitudeType: 'mvs',
        region: 'Vrancea, România',
        status: 'automatic',
        stations: 12,
        exercise: false,
      },
    });
  });

  it('is retracted by its id alone, or by its last solution', () => {
    const { id, updated } = solution;
    const alone = parsePost(JSON.stringify({ schema: 1, id, updated, status: 'deleted' }));
    expect(alone).toMatchObject({ bulletin: { id: 'infp2026abcd', status: 'deleted', exercise: false } });
    expect(parse({ status: 'deleted' })).toMatchObject({ bulletin: { status: 'deleted', magnitude: 6.8 } });
  });

  it('says that it is an exercise', () => {
    expect(parse({ exercise: true })).toMatchObject({ bulletin: { exercise: true } });
  });

  it.each([
    ['schema', { schema: 2 }],
    ['id', { id: 'a b' }],
    ['updated', { updated: undefined }],
    ['status', { status: 'final' }],
    ['originTime', { originTime: '2026-03-04T19:21:54.1' }],
    ['originTime', { originTime: 1_772_652_114 }],
    ['latitude', { latitude: 91 }],
    ['longitude', { longitude: '26.76' }],
    ['depthKm', { depthKm: 94_000 }],
    ['magnitude', { magnitude: null }],
    ['region', { region: 'Vrancea\nCANCELLED' }],
    ['stations', { stations: 3.5 }],
    ['exercise', { exercise: 'false' }],
    ['whole body', { test: true }],
  ])('is refused with the name of the field: %s', (field, changes) => {
    expect(parse(changes)).toEqual({ problem: expect.stringContaining(field) });
  });

  it('is refused where it is no JSON object', () => {
    for (const text of ['', '{', 'null', '[]', '"text"']) expect(parsePost(text)).toHaveProperty('problem');
  });
});

describe('a heartbeat', () => {
  it('says nothing else', () => {
    expect(parsePost('{"schema":1,"heartbeat":true}')).toEqual({ heartbeat: true });
    expect(parse({ heartbeat: true })).toEqual({ problem: expect.stringContaining('whole body') });
  });
});
