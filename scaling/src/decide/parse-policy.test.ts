import fc from 'fast-check';
import { policies } from '../../test/arbitraries.ts';
import { PolicyError, parsePolicy } from './parse-policy.ts';

const sms = { name: 'sms', senders: [{ providerRatePerSecond: 100 }] };
const policy = (changes: object = {}, channel: object = {}) => ({
  schemaVersion: 1,
  channels: [{ ...sms, ...channel }],
  ...changes,
});

test('what is not said has its default', () => {
  const parsed = parsePolicy(policy());
  expect(parsed).toMatchObject({ agreeingRunsToShrink: 3, allowShrink: true, standingCostCeilingUsdPerMonth: 1_000 });
  expect(parsed.channels[0]).toMatchObject({
    sloSecondsToLastRecipient: 300,
    minimumActivePartitions: 2,
    maximumActivePartitions: 100,
    senders: [{ countries: ['*'], messageParts: 1, microUsdPerPart: 0 }],
  });
});

test.each([
  ['policy', 'nonsense'],
  ['policy.schemaVersion', { channels: [sms] }],
  ['policy.agreeingRunsToShrink', policy({ agreeingRunsToShrink: 1 })],
  ['policy.maximumWorkers', policy({ maximumWorkers: 3 })],
  ['policy.region', policy({ region: 'mars-1' })],
  ['policy.channels', policy({ channels: [] })],
  ['policy.channels[1].name', policy({ channels: [sms, sms] })],
  ['policy.channels[0].name', policy({}, { name: 'S M S' })],
  ['policy.channels.sms.memoryMb', policy({}, { memoryMb: 128 })],
  ['policy.channels.sms.memoryMB', policy({}, { memoryMB: 512 })],
  ['policy.channels.sms.sloSecondsToLastRecipient', policy({}, { sloSecondsToLastRecipient: Number.NaN })],
  ['policy.channels.sms.senders[0].providerRatePerSecond', policy({}, { senders: [{ providerRatePerSecond: 0 }] })],
  [
    'policy.channels.sms.senders[0].countries[0]',
    policy({}, { senders: [{ providerRatePerSecond: 1, countries: ['Romania'] }] }),
  ],
  ['policy.channels.sms.senders[1].countries', policy({}, { senders: [sms.senders[0], sms.senders[0]] })],
  [
    'policy.channels.sms.minimumActivePartitions',
    policy({}, { minimumActivePartitions: 9, maximumActivePartitions: 8 }),
  ],
  // 6, 7 and 8 are no partition counts: above 5 they are multiples of 5.
  [
    'policy.channels.sms.minimumActivePartitions',
    policy({}, { minimumActivePartitions: 6, maximumActivePartitions: 8 }),
  ],
])('a mistake in %s is refused by that name', (setting, input) => {
  expect(() => parsePolicy(input)).toThrow(PolicyError);
  try {
    parsePolicy(input);
  } catch (error) {
    expect((error as Error).message.split(':')[0]).toBe(setting);
  }
});

test('every number of a policy has limits: outside them it is refused by name', () => {
  const numbers = [
    'agreeingRunsToShrink',
    'maximumInputAgeSeconds',
    'maximumEndpointsPerChannel',
    'standingCostCeilingUsdPerMonth',
    'fixedUsdPerMonth',
    'kafkaMicroUsdPerPartitionMonth',
    'cpuMicrosecondsPerSend',
    'unitsPerSecondPerVcpu',
  ];
  const bad = fc.constantFrom<unknown>(-1, 1.5, 1e12, Number.POSITIVE_INFINITY, '3', null);
  fc.assert(
    fc.property(policies, fc.constantFrom(...numbers), bad, (accepted, name, value) => {
      expect(() => parsePolicy({ ...accepted, [name]: value })).toThrow(new RegExp(`^policy\\.${name}: `));
    }),
    { numRuns: 1_000 },
  );
});

test('a policy that was parsed is accepted again unchanged', () => {
  fc.assert(
    fc.property(policies, (accepted) => {
      const parsed = parsePolicy(accepted);
      expect(parsePolicy(parsed)).toEqual(parsed);
    }),
    { numRuns: 1_000 },
  );
});

test('all problems are told at once', () => {
  const refused = () => parsePolicy(policy({ fixedUsdPerMonth: -1 }, { memoryMb: 1, warmPercent: 101 }));
  for (const setting of ['memoryMb', 'warmPercent', 'fixedUsdPerMonth']) expect(refused).toThrow(`${setting}: `);
});
