import { observationOf } from '../../test/observation-of.ts';
import { afterApply } from '../../test/run-scenario.ts';
import { capacityOf } from './capacity.ts';
import { decide } from './decide.ts';
import type { Observation } from './observation.ts';
import type { PolicyInput } from './policy.ts';
import type { Sizing } from './sizing.ts';

const mass = {
  name: 'mass',
  sloSecondsToLastRecipient: 60,
  maximumActivePartitions: 200,
  senders: [{ providerRatePerSecond: 10_000 }],
};
const policyOf = (...channels: PolicyInput['channels']): PolicyInput => ({ schemaVersion: 1, channels });

/** Decides for each observation in turn, each sizing applied. */
function runs(policy: PolicyInput, observations: Observation[], first: Sizing | null = null): Sizing[] {
  const done: Sizing[] = [];
  for (const observation of observations) {
    const previous = done.at(-1) ?? first;
    done.push(decide(afterApply(observation, previous), policy, previous));
  }
  return done;
}

const times = (count: number, endpoints: number) =>
  Array.from({ length: count }, () => observationOf({ mass: endpoints }));
const active = (sizing: Sizing) => capacityOf(sizing.capacity, 'mass')?.activePartitions;
const warm = (sizing: Sizing) => capacityOf(sizing.capacity, 'mass')?.warmWorkers;
const codes = (sizing: Sizing) => sizing.reasons.map(({ code, field }) => (field ? `${code}:${field}` : code));

test('the sequence of the model: grow by steps, hold, confirm, shrink by halves', () => {
  const policy = policyOf({ ...mass, provisionedPollers: true });
  const grown = runs(policy, [...times(1, 10_000), ...times(2, 200_000)]);
  expect(grown.map(active)).toEqual([3, 15, 30]);
  const shrunk = runs(policy, [...times(6, 5_000), ...times(4, 0)], grown.at(-1));
  expect(shrunk.map(active)).toEqual([30, 30, 15, 10, 5, 3, 2, 2, 2, 2]);
  expect(shrunk.map(warm)).toEqual([6, 6, 6, 6, 3, 2, 1, 1, 1, 1]);
  expect(codes(shrunk.at(-1) as Sizing)).toEqual(['NO_CHANGE']);
});

test('warm workers never exceed active ones while these shrink: they would not fit the reserved concurrency', () => {
  const policy = policyOf({ ...mass, warmPercent: 100 });
  const [full] = runs(policy, times(1, 200_000)) as [Sizing];
  const shrunk = runs(policy, times(3, 5_000), full);
  expect([active(full), warm(full)]).toEqual([30, 30]);
  expect([active(shrunk[2] as Sizing), warm(shrunk[2] as Sizing)]).toEqual([15, 15]);
  expect(codes(shrunk[2] as Sizing)).toContain('SHRINK:warmWorkers');
});

test('while a channel is held the producer only grows, and its history restarts', () => {
  const policy = policyOf({ ...mass, name: 'mass' }, { name: 'sms', senders: [{ providerRatePerSecond: 100 }] });
  const both = (massEndpoints: number) => observationOf({ mass: massEndpoints, sms: 100 });
  const smsHeld = (massEndpoints: number) => observationOf({ mass: massEndpoints });
  const memory = (sizing: Sizing) => sizing.capacity?.infrastructure.producer.memoryMb;
  const [large] = runs(policy, [both(50_000_000)]) as [Sizing];
  expect(memory(large)).toBe(1_769);
  const held = runs(policy, [smsHeld(5_000), smsHeld(5_000), smsHeld(5_000), smsHeld(5_000)], large);
  expect(held.map(memory)).toEqual([1_769, 1_769, 1_769, 1_769]);
  expect(held.at(-1)?.carried.producerMemoryMb).toEqual([]);
  expect(runs(policy, [both(5_000), both(5_000), both(5_000)], held.at(-1)).map(memory)).toEqual([1_769, 1_769, 512]);
  const [small] = runs(policy, [both(5_000)]) as [Sizing];
  const [grown] = runs(policy, [smsHeld(50_000_000)], small) as [Sizing];
  expect([memory(small), memory(grown)]).toEqual([512, 1_024]);
  expect(codes(grown)).toContain('GROW:producerMemoryMb');
});

test('a lowered maximum takes effect at once: a person decided it', () => {
  const [full] = runs(policyOf(mass), times(1, 200_000)) as [Sizing];
  const [lowered] = runs(policyOf({ ...mass, maximumActivePartitions: 12 }), times(1, 200_000), full) as [Sizing];
  expect([active(full), active(lowered)]).toEqual([30, 10]);
  expect(capacityOf(lowered.capacity, 'mass')?.partitions).toBe(30);
});

test('a raised minimum takes effect at once', () => {
  const [small] = runs(policyOf(mass), times(1, 300)) as [Sizing];
  const [raised] = runs(policyOf({ ...mass, minimumActivePartitions: 47 }), times(1, 300), small) as [Sizing];
  expect([active(small), active(raised)]).toEqual([2, 50]);
  expect(codes(raised)).toContain('GROW:activePartitions');
});

test('a channel that left the policy follows its live partitions, and nothing else', () => {
  const [before] = runs(policyOf(mass, { ...mass, name: 'old' }), [observationOf({ mass: 300, old: 300 })]) as [Sizing];
  const observation = observationOf({ mass: 300 });
  observation.live = { ...observation.live, partitions: { old: 9 } };
  const next = decide(observation, policyOf(mass), before);
  expect(capacityOf(next.capacity, 'old')).toEqual({ ...capacityOf(before.capacity, 'old'), partitions: 9 });
  expect(next.reasons).toContainEqual({ code: 'CHANNEL_NOT_IN_POLICY', channel: 'old' });
});

test('a country with a tiny rate gets its own sender and worker; only it is late, and is named', () => {
  const observation = observationOf({ sms: 0 });
  observation.endpointsByChannelAndCountry = {
    sms: { status: 'ok', ageSeconds: 1, byCountry: { US: 20_000, MT: 500 }, fullCount: 20_500, fullCountAgeSeconds: 1 },
  };
  const senders = [
    { countries: ['US'], providerRatePerSecond: 100 },
    { countries: ['MT'], providerRatePerSecond: 1, messageParts: 2 },
  ];
  const sizing = decide(observation, policyOf({ name: 'sms', senders }), null);
  expect(capacityOf(sizing.capacity, 'sms')?.activePartitions).toBe(3);
  expect(sizing.reasons).toContainEqual({
    code: 'SLO_IMPOSSIBLE_PROVIDER',
    channel: 'sms',
    lastRecipientSeconds: 1_056,
    sloSeconds: 300,
    senders: [{ sender: 1, askForPerSecond: 5 }],
  });
});

test('with an account concurrency of 200 the last of six channels is refused 15 active partitions, no other any', () => {
  const rates = { sms: 100, email: 200, telegram: 30, telegramPaid: 1_000, webhook: 500 };
  const p95Ms = { sms: 300, email: 100, telegram: 200, telegramPaid: 200, webhook: 500, mass: 300 };
  const channels = Object.entries(rates).map(([name, rate]) => ({
    name,
    sloSecondsToLastRecipient: name === 'webhook' ? 60 : 300,
    senders: [{ providerRatePerSecond: rate }],
  }));
  const everywhere = Object.fromEntries([...Object.keys(rates), 'mass'].map((name) => [name, 200_000]));
  const observation = observationOf(everywhere);
  observation.live = { ...observation.live, accountConcurrency: 200, concurrencyReservedByOthers: 30 };
  observation.sendLatency = Object.fromEntries(
    Object.entries(p95Ms).map(([name, ms]) => [name, { ageSeconds: 1, p95Ms: ms }]),
  );
  const { reasons } = decide(observation, policyOf(...channels, mass), null);
  expect(reasons.filter(({ code }) => code.startsWith('CONCURRENCY'))).toEqual([
    { code: 'CONCURRENCY_REFUSED_GROWTH', channel: 'mass', refused: 15 },
  ]);
});
