import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import type { Observation } from '../decide/observation.ts';
import type { PolicyInput } from '../decide/policy.ts';
import { serialise } from '../decide/serialise.ts';
import type { ObservePorts } from '../observe/observe.ts';
import { runCli } from './run-cli.ts';

const policy: PolicyInput = {
  schemaVersion: 1,
  channels: [{ name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] }],
};

let folder: string;
let printed: string;
let said: string[];
let commands: string[];
let ports: ObservePorts;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quakewire-scale-'));
  printed = '';
  said = [];
  commands = [];
  ports = portsWith(300);
  write('policy.json', policy);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const write = (name: string, content: unknown) => writeFileSync(path(name), JSON.stringify(content));
const read = (name: string) => JSON.parse(readFileSync(path(name), 'utf8'));

function portsWith(endpoints: number): ObservePorts {
  return {
    countEndpoints: async () => ({ sms: { TR: endpoints } }),
    livePartitions: async () => ({ 'dispatch.sms': 0 }),
    concurrency: async () => ({ accountConcurrency: 1_000, concurrencyReservedByOthers: 4 }),
    quotas: {},
    alertInFlight: async () => false,
  };
}

function scale(...args: string[]): Promise<number> {
  return runCli(args, {
    print: (text) => (printed += text),
    say: (sentence) => said.push(sentence),
    openPorts: () => ({ ports, close: async () => {} }),
    terraform: (command) => async (root, rest) => void commands.push(`${command ?? 'terraform'} ${root} ${rest[0]}`),
    environmentFolder: (environment) => `/environments/${environment}`,
  });
}

const runArgs = () => [
  'run',
  '--policy',
  path('policy.json'),
  '--environment',
  'local',
  '--tfvars',
  path('tfvars.json'),
  '--previous',
  path('sizing.json'),
];

describe('decide', () => {
  const observation = observationOf({ sms: 200_000 });
  const decideFiles = (...more: string[]) =>
    scale('decide', '--observation', path('observation.json'), '--policy', path('policy.json'), ...more);

  test('prints the sizing as tables, every reason and every field in a sentence', async () => {
    write('observation.json', observation);
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
      expect(printed).toMatch(text);
    }
  });

  test('prints the sizing itself with --json', async () => {
    write('observation.json', observation);
    await decideFiles('--json');
    expect(printed).toBe(serialise(decide(observation, policy, null)));
  });

  test('goes on from the previous sizing, and ends with 3 when an input is held', async () => {
    write('previous.json', decide(observation, policy, null));
    write('observation.json', { ...observation, endpointsByChannelAndCountry: {} });
    await expect(decideFiles('--previous', path('previous.json'))).resolves.toBe(3);
    expect(printed).toContain('HELD_COUNT_MISSING');
  });

  test.each<[string, string, unknown, RegExp]>([
    ['a policy with an unknown key', 'policy.json', { ...policy, workers: 3 }, /^policy\.workers: is no setting/],
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
    write('observation.json', observation);
    write(name, content);
    await expect(decideFiles()).resolves.toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(sentence);
    expect(printed).toBe('');
  });

  test.each([
    [['decide'], '--observation is required; see --help'],
    [['decide', '--speed'], "Unknown option '--speed'"],
    [['guess'], 'no command guess'],
    [['observe', '--policy', 'p', '--output', 'o'], '--environment is required'],
  ])('%j is refused with one sentence and exit code 2', async (args, sentence) => {
    await expect(scale(...args)).resolves.toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(sentence);
  });
});

test.each([['--help'], ['decide', '--help'], []])('help is printed by %s', async (...args) => {
  await expect(scale(...args.filter((arg) => arg !== undefined))).resolves.toBe(0);
  expect(printed).toMatch(/^Usage: npm run scale/);
});

test('observe writes what it saw', async () => {
  await expect(
    scale(
      'observe',
      '--policy',
      path('policy.json'),
      '--environment',
      'local',
      '--output',
      path('seen.json'),
      '--paused',
    ),
  ).resolves.toBe(0);
  const seen = read('seen.json') as Observation;
  expect(seen.paused).toBe(true);
  expect(seen.endpointsByChannelAndCountry.sms?.fullCount).toBe(300);
});

test('act applies a sizing with the command that was given', async () => {
  write('sizing.json', decide(observationOf({ sms: 300 }), policy, null));
  const args = [
    'act',
    '--sizing',
    path('sizing.json'),
    '--policy',
    path('policy.json'),
    '--environment',
    'local',
    '--tfvars',
    path('tfvars.json'),
  ];
  await expect(scale(...args, '--terraform', 'wrapper')).resolves.toBe(0);
  expect(commands).toEqual(['wrapper topics apply', 'wrapper pipeline apply']);
  expect(read('tfvars.json').scaling.channels.sms.active_partitions).toBe(2);
});

describe('run', () => {
  test('without any sizing it asks for --first, and changes nothing', async () => {
    await expect(scale(...runArgs())).resolves.toBe(2);
    expect(said[0]).toMatch(/say --first if nothing is installed yet$/);
    expect(commands).toEqual([]);
  });

  test('observes, decides, applies, and remembers', async () => {
    await expect(scale(...runArgs(), '--first')).resolves.toBe(0);
    expect(commands).toEqual(['terraform topics apply', 'terraform pipeline apply']);
    expect(read('sizing.json').carried.endpoints).toEqual({ sms: 300 });
    await expect(scale(...runArgs())).resolves.toBe(0);
    expect(commands).toHaveLength(2);
    expect(said.at(-1)).toMatch(/^No change/);
    expect(read('sizing.json').carried.targets.sms).toHaveLength(2);
  });

  test('--dry-run shows the sizing and writes nothing', async () => {
    await expect(scale(...runArgs(), '--first', '--dry-run')).resolves.toBe(0);
    expect(printed).toContain('Verdict: change');
    expect(commands).toEqual([]);
    expect(existsSync(path('tfvars.json'))).toBe(false);
    expect(existsSync(path('sizing.json'))).toBe(false);
  });

  test('a lost history shrinks nothing: the sizing in force is the beginning', async () => {
    ports = portsWith(200_000);
    await scale(...runArgs(), '--first');
    rmSync(path('sizing.json'));
    ports = portsWith(10);
    await expect(scale(...runArgs())).resolves.toBe(0);
    expect(said.some((sentence) => sentence.includes('nothing shrinks until enough new runs agree'))).toBe(true);
    expect(read('tfvars.json').scaling.channels.sms.active_partitions).toBe(10);
    expect(read('sizing.json').reasons.map(({ code }: { code: string }) => code)).toContain('SHRINK_WAITING');
  });

  test('a lost file in force stops everything, even with --first', async () => {
    await scale(...runArgs(), '--first');
    rmSync(path('tfvars.json'));
    await expect(scale(...runArgs(), '--first')).resolves.toBe(2);
    expect(said.at(-1)).toMatch(/is gone but .* exists: restore its last good version/);
    expect(commands).toHaveLength(2);
  });

  test('a failed count holds: exit code 3, nothing applied, the capacity remembered', async () => {
    await scale(...runArgs(), '--first');
    ports = { ...portsWith(0), countEndpoints: () => Promise.reject(new Error('throttled')) };
    await expect(scale(...runArgs())).resolves.toBe(3);
    expect(commands).toHaveLength(2);
    expect(said.some((sentence) => sentence.includes('endpoint counts (Error: throttled)'))).toBe(true);
    expect(read('sizing.json').capacity.control.channels.sms.activePartitions).toBe(2);
  });

  test('the file in force is the truth when the remembered sizing is older', async () => {
    await scale(...runArgs(), '--first');
    const older = readFileSync(path('sizing.json'), 'utf8');
    ports = portsWith(200_000);
    await scale(...runArgs());
    writeFileSync(path('sizing.json'), older);
    ports = portsWith(300);
    await scale(...runArgs());
    expect(said.some((sentence) => sentence.includes('which is in force'))).toBe(true);
    expect(read('tfvars.json').scaling.channels.sms.active_partitions).toBe(10);
  });

  test('a failed apply is exit code 1, and nothing is remembered', async () => {
    const failing = await runCli([...runArgs(), '--first'], {
      print: () => {},
      say: (sentence) => said.push(sentence),
      openPorts: () => ({ ports, close: async () => {} }),
      terraform: () => () => Promise.reject(new Error('terraform apply of topics failed (exit code 1)')),
      environmentFolder: (environment) => environment,
    });
    expect(failing).toBe(1);
    expect(said.at(-1)).toBe('terraform apply of topics failed (exit code 1)');
    expect(existsSync(path('tfvars.json'))).toBe(false);
    expect(existsSync(path('sizing.json'))).toBe(false);
  });
});
