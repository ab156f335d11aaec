import { type CliWorld, createCliWorld, smsPolicy } from '../../test/cli-world.ts';
import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import type { Observation } from '../decide/observation.ts';
import { serialise } from '../decide/serialise.ts';

let world: CliWorld;

beforeEach(() => {
  world = createCliWorld();
});
afterEach(() => world.end());

describe('decide', () => {
  const observation = observationOf({ sms: 200_000 });
  const decideFiles = (...more: string[]) =>
    world.scale(
      'decide',
      '--observation',
      world.path('observation.json'),
      '--policy',
      world.path('policy.json'),
      ...more,
    );

  test('prints the sizing as tables, every reason and every field in a sentence', async () => {
    world.write('observation.json', observation);
    await expect(decideFiles()).resolves.toBe(0);
    for (const text of [
      'Verdict: change of control and infrastructure',
      /sms +200,000 +640 ms +426 s +missed +sender 0: 4,155\/s/,
      'Cost: $',
      'SLO_IMPOSSIBLE_PROVIDER: sms: ',
      'sms: activePartitions',
      'sms: partitions',
      'sms: segmentEndpoints',
      'sms: maxWorkersPerSegment',
      'sms: warmWorkers',
      'sms: reservedConcurrency',
      'sms: memoryMb',
      'producer: memoryMb 512',
    ]) {
      expect(world.printed).toMatch(text);
    }
  });

  test('prints the sizing itself with --json', async () => {
    world.write('observation.json', observation);
    await decideFiles('--json');
    expect(world.printed).toBe(serialise(decide(observation, smsPolicy, null)));
  });

  test('goes on from the previous sizing, and ends with 3 when an input is held', async () => {
    world.write('previous.json', decide(observation, smsPolicy, null));
    world.write('observation.json', { ...observation, endpointsByChannelAndCountry: {} });
    await expect(decideFiles('--previous', world.path('previous.json'))).resolves.toBe(3);
    expect(world.printed).toContain('HELD_COUNT_MISSING');
  });

  test.each<[string, string, unknown, RegExp]>([
    ['a policy with an unknown key', 'policy.json', { ...smsPolicy, workers: 3 }, /^policy\.workers: is no setting/],
    [
      'an observation with an unknown key',
      'observation.json',
      { ...observation, extra: 1 },
      /observation\.json: content: Unrecognized key/,
    ],
    [
      'an observation with a wrong type',
      'observation.json',
      { ...observation, paused: 'no' },
      /observation\.json: paused: /,
    ],
  ])('refuses %s with one sentence and exit code 2', async (_what, name, content, sentence) => {
    world.write('observation.json', observation);
    world.write(name, content);
    await expect(decideFiles()).resolves.toBe(2);
    expect(world.said).toHaveLength(1);
    expect(world.said[0]).toMatch(sentence);
    expect(world.printed).toBe('');
  });

  test.each([
    [['decide'], '--observation is required; see --help'],
    [['decide', '--speed'], "Unknown option '--speed'"],
    [['guess'], 'no command guess'],
    [['observe', '--policy', 'p', '--output', 'o'], '--environment is required'],
  ])('%j is refused with one sentence and exit code 2', async (args, sentence) => {
    await expect(world.scale(...args)).resolves.toBe(2);
    expect(world.said).toHaveLength(1);
    expect(world.said[0]).toContain(sentence);
  });
});

test.each([[['--help']], [['decide', '--help']], [[]]])('help is printed by %j', async (args) => {
  await expect(world.scale(...args)).resolves.toBe(0);
  expect(world.printed).toMatch(/^Usage: npm run scale/);
});

test('observe writes what it saw', async () => {
  await expect(
    world.scale(
      'observe',
      '--policy',
      world.path('policy.json'),
      '--environment',
      'local',
      '--output',
      world.path('seen.json'),
    ),
  ).resolves.toBe(0);
  const seen = world.read('seen.json') as Observation;
  expect(seen.paused).toBe(false);
  expect(seen.endpointsByChannelAndCountry.sms?.fullCount).toBe(300);
});

describe('pausing', () => {
  const pause = (reason: string) => world.scale('pause', '--environment', 'local', '--reason', reason);
  const resume = () => world.scale('resume', '--environment', 'local');

  test('raises the flag with its reason, and resuming says what it was for', async () => {
    await expect(pause('holidays')).resolves.toBe(0);
    expect(await world.flags.read()).toEqual({ paused: { reason: 'holidays', sinceMs: 1_745_401_800_000 } });
    await expect(resume()).resolves.toBe(0);
    expect(world.said.at(-1)).toBe(
      'The scaler of local goes on; it was paused since 2025-04-23T09:50:00.000Z: holidays',
    );
    expect(await world.flags.read()).toEqual({});
  });

  test('resuming what is not paused changes nothing', async () => {
    await expect(resume()).resolves.toBe(0);
    expect(world.said).toEqual(['The scaler of local is not paused.']);
  });

  test.each(['', '   ', 'x'.repeat(201)])('a reason of %j is refused, and nothing is paused', async (reason) => {
    await expect(pause(reason)).resolves.toBe(2);
    expect(await world.flags.read()).toEqual({});
  });
});
