import { decide } from '../decide/decide.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import { observe } from './observe.ts';
import type { ObservePorts } from './observe-ports.ts';

const policy = parsePolicy({
  schemaVersion: 1,
  channels: [
    { name: 'sms', senders: [{ providerRatePerSecond: 100 }] },
    { name: 'email', senders: [{ providerRatePerSecond: 200 }], liveQuota: true },
  ],
});
const noFlags = { paused: false, deployInFlight: false };
const nowMs = 1_745_401_800_000;

const working: ObservePorts = {
  nowMs: () => nowMs,
  flags: async () => noFlags,
  readCounts: async () => undefined,
  countEndpoints: async () => ({ sms: { RO: 900, MT: 100 }, email: { RO: 50 }, telegram: { RO: 7 } }),
  sends: async (channel) => (channel === 'sms' ? [measured] : []),
  livePartitions: async () => ({ 'dispatch.sms': 10, 'dispatch.email': 0 }),
  concurrency: async () => ({ accountConcurrency: 1_000, concurrencyReservedByOthers: 4 }),
  quotas: { email: async () => ({ providerRatePerSecond: 14, remainingToday: 49_000 }) },
  openRuns: async () => [],
};
const measured = {
  byLatency: [0, 0, 95, 5, 0, 0, 0, 0, 0, 0, 0],
  firstSentAtMs: nowMs - 30_000,
  lastAnsweredAtMs: nowMs - 20_000,
};
const broken = async () => {
  throw new Error('no answer');
};

async function observeWith(ports: Partial<ObservePorts>) {
  const failures: string[] = [];
  const onFailure = (input: string) => failures.push(input);
  const observation = await observe({ policy, lastCounts: {}, ports: { ...working, ...ports }, onFailure });
  return { observation, failures, sizing: decide(observation, policy, null) };
}

test('counts, partitions, concurrency, quotas and flags become an observation that decide trusts', async () => {
  const { observation, failures, sizing } = await observeWith({});
  expect(observation).toEqual({
    schemaVersion: 1,
    ...noFlags,
    alertInFlight: false,
    drillInFlight: false,
    endpointsByChannelAndCountry: {
      sms: { status: 'ok', ageSeconds: 0, byCountry: { RO: 900, MT: 100 }, fullCount: 1_000, fullCountAgeSeconds: 0 },
      email: { status: 'ok', ageSeconds: 0, byCountry: { RO: 50 }, fullCount: 50, fullCountAgeSeconds: 0 },
    },
    providerQuotas: { email: { status: 'ok', ageSeconds: 0, providerRatePerSecond: 14, remainingToday: 49_000 } },
    sendLatency: { sms: { ageSeconds: 20, p95Ms: 200 } },
    sendThroughput: { sms: { ageSeconds: 20, messagesPerSecond: 10 } },
    live: {
      status: 'ok',
      ageSeconds: 0,
      partitions: { sms: 10 },
      accountConcurrency: 1_000,
      concurrencyReservedByOthers: 4,
    },
  });
  expect(failures).toEqual([]);
  expect(sizing.exitCode).toBe(0);
});

test('a failed count is failed, never 0, and holds every channel', async () => {
  const { observation, failures, sizing } = await observeWith({ countEndpoints: broken });
  expect(observation.endpointsByChannelAndCountry).toEqual({ sms: { status: 'failed' }, email: { status: 'failed' } });
  expect(failures).toEqual(['full endpoint count']);
  expect(sizing.reasons.map(({ code }) => code)).toEqual(['HELD_COUNT_FAILED', 'HELD_COUNT_FAILED']);
});

test('a channel that the count does not know is failed, the others are counted', async () => {
  const { observation } = await observeWith({ countEndpoints: async () => ({ sms: {} }) });
  expect(observation.endpointsByChannelAndCountry).toMatchObject({
    sms: { status: 'ok', fullCount: 0 },
    email: { status: 'failed' },
  });
});

test.each([
  ['the broker does not answer', { livePartitions: broken }],
  ['the broker leaves out a topic', { livePartitions: async () => ({ 'dispatch.sms': 10 }) }],
  ['Lambda does not answer', { concurrency: broken }],
])('%s: live values are failed and everything is held', async (_what, ports) => {
  const { observation, failures, sizing } = await observeWith(ports);
  expect(observation.live).toEqual({ status: 'failed' });
  expect(failures).toEqual(['live partitions and concurrency']);
  expect(sizing).toMatchObject({ verdict: 'hold', exitCode: 3 });
});

test.each([
  ['its provider does not answer', { quotas: { email: broken } }],
  ['its provider cannot be asked', { quotas: {} }],
])('a live quota is unknown when %s, and holds its channel only', async (_what, ports) => {
  const { observation, failures, sizing } = await observeWith(ports);
  expect(observation.providerQuotas).toEqual({ email: { status: 'failed' } });
  expect(failures).toEqual(['provider quota of email']);
  expect(sizing.reasons.filter(({ code }) => code.startsWith('HELD'))).toEqual([
    { code: 'HELD_QUOTA_UNKNOWN', channel: 'email' },
  ]);
});

test.each([
  [['notification'], ['FROZEN_ALERT']],
  [['exercise'], ['FROZEN_DRILL']],
  [
    ['exercise', 'earlyWarning', 'exercise'],
    ['FROZEN_ALERT', 'FROZEN_DRILL'],
  ],
] as const)('open runs of urgency %j freeze by %j', async (urgencies, codes) => {
  const { sizing } = await observeWith({ openRuns: async () => urgencies.map((urgency) => ({ urgency })) });
  expect(sizing.verdict).toBe('frozen');
  expect(sizing.reasons.map(({ code }) => code)).toEqual(codes);
});

test('open runs that cannot be read freeze', async () => {
  const unknown = await observeWith({ openRuns: broken });
  expect(unknown.observation).not.toHaveProperty('alertInFlight');
  expect(unknown.observation).not.toHaveProperty('drillInFlight');
  expect(unknown.failures).toEqual(['open runs']);
  expect(unknown.sizing.verdict).toBe('frozen');
});

test.each(['paused', 'deployInFlight'] as const)('%s freezes', async (flag) => {
  const { sizing } = await observeWith({ flags: async () => ({ ...noFlags, [flag]: true }) });
  expect(sizing.verdict).toBe('frozen');
});

test('flags that cannot be read count as raised', async () => {
  const { observation, failures, sizing } = await observeWith({ flags: broken });
  expect(observation).not.toHaveProperty('paused');
  expect(failures).toEqual(['flags']);
  expect(sizing.verdict).toBe('frozen');
});
