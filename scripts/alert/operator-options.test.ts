import { readAlertOptions } from './read-alert-options.ts';
import { readDrillOptions } from './read-drill-options.ts';

const place = [
  '--latitude',
  '45.7',
  '--longitude',
  '26.6',
  '--depth',
  '130',
  '--magnitude',
  '6.1',
  '--region',
  'Vrancea',
];
const solution = { latitude: 45.7, longitude: 26.6, depthKm: 130, magnitude: 6.1, region: 'Vrancea' };

describe('the options of alert', () => {
  it('are read', () => {
    expect(readAlertOptions([])).toBe('help');
    expect(readAlertOptions(['issue', '--help'])).toBe('help');
    expect(readAlertOptions(['issue', '--origin', '2026-11-21T18:10:03Z', ...place, '--apply'])).toEqual({
      wanted: { verb: 'ask', asked: { kind: 'issue', originTimeMs: Date.UTC(2026, 10, 21, 18, 10, 3), solution } },
      ...{ apply: true, environment: 'local' },
    });
    expect(readAlertOptions(['update', 'eq1/2', '--longitude', '-122.3'])).toMatchObject({
      wanted: { verb: 'update', earthquakeId: 'eq1', changes: { longitude: -122.3 } },
    });
    expect(readAlertOptions(['cancel', 'eq1', '--environment', 'prod'])).toEqual({
      wanted: { verb: 'ask', asked: { kind: 'cancel', earthquakeId: 'eq1' } },
      ...{ apply: false, environment: 'prod' },
    });
    expect(readAlertOptions(['approve', '20261121-181502-k3f9'])).toMatchObject({
      wanted: { verb: 'approve', id: '20261121-181502-k3f9' },
    });
  });

  it.each([
    [['issue', '--origin', '2026-11-21T18:10:03', ...place], /--origin must be a time with its offset/],
    [['issue', '--origin', 'now', ...place], /--origin must be a time with its offset/],
    [['issue', ...place], /Give --origin/],
    [['issue', '--origin', '2026-11-21T18:10:03Z'], /Give --latitude and --longitude/],
    [['issue', '--origin', '2026-11-21T18:10:03Z', ...place, '--at', 'x'], /issue takes no --at/],
    [['issue', '--origin', '2026-11-21T18:10:03Z', ...place, '--exercise'], /unknown option/],
    [['update', 'eq1'], /Say what changed/],
    [['update', 'eq1', '--magnitude', '11'], /--magnitude must be a number from -2 to 10/],
    [['update', 'eq1', '--magnitude', 'six'], /--magnitude must be a number/],
    [['cancel'], /Give the earthquake's id/],
    [['cancel', 'eq1', 'eq2'], /an argument too many/],
    [['cancel', 'eq1', '--magnitude', '6'], /cancel takes no --magnitude/],
    [['approve', '../1'], /small letters, digits and hyphens/],
    [['send'], /must be one of issue, update/],
    [['toString'], /must be one of issue, update/],
    [['list', '--environment', 'Prod/1'], /--environment must be/],
  ])('%j are refused', (args, reason) => {
    expect(() => readAlertOptions(args)).toThrow(reason);
  });
});

describe('the options of drill', () => {
  const at = (time: string): string[] => ['schedule', '--at', time, '--country', 'RO', ...place];

  it('are read', () => {
    const startAtMs = Date.UTC(2026, 11, 1, 8);
    expect(readDrillOptions(at('2026-12-01T10:00+02:00[Europe/Bucharest]'))).toEqual({
      wanted: { verb: 'ask', asked: { kind: 'drill', startAtMs, country: 'RO', solution } },
      ...{ apply: false, environment: 'local' },
    });
    expect(readDrillOptions(['stop', 'id1', '--apply'])).toMatchObject({
      wanted: { verb: 'stop', id: 'id1' },
      apply: true,
    });
  });

  it.each([
    ['2026-12-01T10:00', /with its offset and its zone/],
    ['2026-12-01T10:00Z', /with its offset and its zone/],
    ['2026-12-01T10:00+02:00', /with its offset and its zone/],
    ['2026-12-01T10:00[Europe/Bucharest]', /with its offset and its zone/],
    ['2026-13-01T10:00+02:00[Europe/Bucharest]', /with its offset and its zone/],
    ['2026-12-01T10:00+03:00[Europe/Bucharest]', /offset is not that of its zone at that time \(it is 2 h\)/],
    ['2026-07-01T10:00+02:00[Europe/Bucharest]', /offset is not that of its zone at that time \(it is 3 h\)/],
    ['2026-12-01T10:00+02:00[Europe/Atlantis]', /no such time zone/],
    // MyShake 2025: 10:19 UTC was 03:19 where people slept.
    ['2026-12-01T10:19+00:00[UTC]', /written in the time of the drill's place: there it is Europe\/Bucharest/],
  ])('refuse the time %s', (time, reason) => {
    expect(() => readDrillOptions(at(time))).toThrow(reason);
  });

  it('refuse what is no country, and what a drill does not take', () => {
    const time = '2026-12-01T10:00+02:00[Europe/Bucharest]';
    expect(() => readDrillOptions(['schedule', '--at', time, ...place])).toThrow(/Give --country/);
    for (const country of ['XX', 'Romania'])
      expect(() => readDrillOptions(['schedule', '--at', time, '--country', country, ...place])).toThrow(/two letters/);
    expect(() => readDrillOptions(['issue', ...place])).toThrow(/must be one of schedule/);
    expect(() => readDrillOptions([...at(time), '--origin', time])).toThrow(/schedule takes no --origin/);
  });
});
