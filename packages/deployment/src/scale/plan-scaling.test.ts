import { type Observation, parsePolicy } from '@quakewire/scaling';
import { createFakeTerraform } from '../../test/fake-terraform.ts';
import { createInMemoryFile, createInMemoryStore } from '../../test/in-memory-files.ts';
import { applyChange } from '../change/apply-change.ts';
import { planScaling, type ScalingRequest, sizeAnew } from './plan-scaling.ts';

const policy = parsePolicy({
  schemaVersion: 1,
  channels: [
    { name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] },
    { name: 'email', senders: [{ providerRatePerSecond: 200 }] },
  ],
});
const request: ScalingRequest = {
  ...{ policy, environment: 'dev', mode: 'scale', commit: 'c'.repeat(40), variableFiles: () => [] },
};

function observationOf(sms: number, email: number, emailStatus: 'ok' | 'failed' = 'ok'): Observation {
  const count = (endpoints: number, status: 'ok' | 'failed') => ({
    ...{ status, ageSeconds: 0, byCountry: { RO: endpoints }, fullCount: endpoints, fullCountAgeSeconds: 0 },
  });
  return {
    schemaVersion: 1,
    ...{ paused: false, alertInFlight: false, deployInFlight: false, drillInFlight: false },
    endpointsByChannelAndCountry: { sms: count(sms, 'ok'), email: count(email, emailStatus) },
    providerQuotas: {},
    sendLatency: {},
    live: { status: 'ok', ageSeconds: 0, partitions: {}, accountConcurrency: 1_000, concurrencyReservedByOthers: 4 },
  };
}

function createWorld() {
  const fake = createFakeTerraform();
  const scalingFile = createInMemoryFile();
  const history = createInMemoryFile();
  const said: string[] = [];
  const heartbeats: string[] = [];
  const changePorts = {
    ...{ terraform: fake.terraform, store: createInMemoryStore(), scalingFile, history },
    nowMs: () => 0,
    say: (sentence: string) => said.push(sentence),
  };
  /** Something for the next plans to change. */
  const prepare = () => {
    for (const root of ['topics', 'pipeline'] as const)
      fake.roots[root].changes = [
        { address: `some.${root}`, type: 'kafka_topic', field: 'partitions', before: 3, after: 6 },
      ];
  };
  async function run(observation: Observation, changes: Partial<ScalingRequest> = {}) {
    const all = { ...request, ...changes };
    const heartbeat = async () => void heartbeats.push('heartbeat');
    const ports = { ...changePorts, heartbeat, observe: async () => observation };
    const planned = await planScaling(await sizeAnew(all, ports), all, ports);
    const apply = () =>
      applyChange(
        { ...all, digest: planned.change?.digest ?? '' },
        { ...changePorts, alertInFlight: async () => false },
      );
    return { ...planned, apply };
  }
  const channels = () => JSON.parse(scalingFile.text ?? '{}').scaling.channels;
  return { fake, scalingFile, history, said, heartbeats, prepare, run, channels };
}

let world: ReturnType<typeof createWorld>;
beforeEach(async () => {
  world = createWorld();
  world.prepare();
  const first = await world.run(observationOf(300, 300), { isFirst: true, mode: 'deploy' });
  await first.apply();
  world.fake.calls.length = 0;
});

test('the first sizing is in force and remembered after its apply', () => {
  expect(world.channels().sms.active_partitions).toBe(2);
  expect(JSON.parse(world.history.text ?? '').carried.endpoints).toEqual({ sms: 300, email: 300 });
});

test('no change: no Terraform at all, the run is remembered, and has come to its end', async () => {
  const before = world.scalingFile.text;
  const { change, sizing } = await world.run(observationOf(300, 300));
  expect([change, sizing.verdict]).toEqual([null, 'no-change']);
  expect(world.fake.calls).toEqual([]);
  expect(world.scalingFile.text).toBe(before);
  expect(JSON.parse(world.history.text ?? '').carried.targets.sms).toHaveLength(2);
  expect(world.heartbeats).toHaveLength(1);
});

test('a held channel keeps its numbers, the healthy one is applied, and the hold is at the end', async () => {
  world.prepare();
  const { change, apply } = await world.run(observationOf(200_000, 300, 'failed'));
  expect(change?.holds).toEqual([expect.stringMatching(/^email: /)]);
  const { holds } = await apply();
  expect(world.fake.calls.filter((call) => call.endsWith('apply'))).toEqual(['topics apply', 'pipeline apply']);
  expect(world.channels().sms.active_partitions).toBe(10);
  expect(world.channels().email.active_partitions).toBe(2);
  expect(holds).toHaveLength(1);
});

test('an apply that never came leaves file and memory: the next run proposes the same', async () => {
  world.prepare();
  const [file, history] = [world.scalingFile.text, world.history.text];
  await world.run(observationOf(200_000, 300));
  expect([world.scalingFile.text, world.history.text]).toEqual([file, history]);
  expect(world.heartbeats).toEqual([]);
  const again = await world.run(observationOf(200_000, 300));
  await again.apply();
  expect(world.channels().sms.active_partitions).toBe(10);
});

test('an alert freezes the scaler: nothing is planned', async () => {
  const { change, sizing } = await world.run({ ...observationOf(200_000, 300), alertInFlight: true });
  expect([change, sizing.verdict]).toEqual([null, 'frozen']);
  expect(world.fake.calls).toEqual([]);
  expect(world.heartbeats).toHaveLength(1);
});

test.each([
  ['gone', null, /the scaling file is gone: restore its last good version/],
  [
    'edited by hand',
    '{"scaling":{"schema":1}}',
    /the scaling file: scaling\.producer: .*; restore its last good version/,
  ],
])('a scaling file that is %s stops everything', async (_what, text, sentence) => {
  world.scalingFile.text = text;
  await expect(world.run(observationOf(200_000, 300))).rejects.toThrow(sentence);
  expect(world.fake.calls).toEqual([]);
  expect(world.scalingFile.text).toBe(text);
  expect(world.heartbeats).toEqual([]);
});
