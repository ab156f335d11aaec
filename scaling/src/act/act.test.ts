import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observationOf } from '../../test/observation-of.ts';
import { decide } from '../decide/decide.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import type { PolicyInput } from '../decide/policy.ts';
import type { Sizing } from '../decide/sizing.ts';
import { type ActInput, act, type TerraformRoot } from './act.ts';
import { ActError } from './act-error.ts';

const input: PolicyInput = {
  schemaVersion: 1,
  channels: [
    { name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] },
    { name: 'email', senders: [{ providerRatePerSecond: 200 }] },
  ],
};
const policy = parsePolicy(input);
const few = observationOf({ sms: 300, email: 300 });
const many = observationOf({ sms: 200_000, email: 300 });

let folder: string;
let tfvarsFile: string;
let said: string[];
let applied: { root: TerraformRoot; args: string[]; pending: string }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quakewire-act-'));
  tfvarsFile = join(folder, 'scaling.auto.tfvars.json');
  said = [];
  applied = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function actOn(sizing: Sizing, changes: Partial<ActInput> = {}) {
  return act({
    sizing,
    policy,
    tfvarsFile,
    say: (sentence) => said.push(sentence),
    async runTerraform(root, args) {
      const file = args.at(-1)?.replace('-var-file=', '') as string;
      applied.push({ root, args, pending: readFileSync(file, 'utf8') });
    },
    ...changes,
  });
}

const putInForce = (text: string): void => writeFileSync(tfvarsFile, text);
const readFile = () => readFileSync(tfvarsFile, 'utf8');
const roots = () => applied.map(({ root }) => root);

test('the first sizing is applied to topics, then to the pipeline, and then its file is in force', async () => {
  const first = decide(few, input, null);
  await expect(actOn(first)).resolves.toBe(true);
  expect(roots()).toEqual(['topics', 'pipeline']);
  expect(applied[0]?.args.slice(0, 4)).toEqual(['apply', '-input=false', '-auto-approve', '-lock-timeout=60s']);
  expect(applied.map(({ pending }) => pending)).toEqual([readFile(), readFile()]);
  expect(readdirSync(folder)).toEqual(['scaling.auto.tfvars.json']);
  expect(readFile().endsWith('}\n')).toBe(true);
  expect(JSON.parse(readFile())).toEqual({
    scaling: {
      schema: 1,
      producer: { memory_mb: 512, threads: 1 },
      channels: {
        sms: tfvarsOf({ provider_rate_per_second: 500 }),
        email: tfvarsOf({ provider_rate_per_second: 200 }),
      },
    },
  });
});

function tfvarsOf(changes: object) {
  return {
    active_partitions: 2,
    max_workers_per_segment: 1,
    maximum_pollers: null,
    memory_mb: 512,
    minimum_pollers: null,
    partitions: 2,
    reserved_concurrency: 7,
    segment_endpoints: 400,
    warm_workers: 1,
    ...changes,
  };
}

test('no change leaves the file untouched, calls no Terraform and says so', async () => {
  const first = decide(few, input, null);
  await actOn(first);
  const before = readFile();
  const again = decide(few, input, first);
  await expect(actOn(again)).resolves.toBe(false);
  expect(again.verdict).toBe('no-change');
  expect(applied).toHaveLength(2);
  expect(readFile()).toBe(before);
  expect(said.at(-1)).toMatch(/^No change/);
});

test('a change that adds no partition applies the pipeline only', async () => {
  const first = decide(few, input, null);
  await actOn(first);
  const faster = parsePolicy({
    ...input,
    channels: input.channels.map((channel) => ({ ...channel, memoryMb: 1_024 })),
  });
  await actOn(decide(few, faster, first), { policy: faster });
  expect(roots()).toEqual(['topics', 'pipeline', 'pipeline']);
});

test('a new provider rate is applied although no capacity changes', async () => {
  const first = decide(few, input, null);
  await actOn(first);
  const [sms, email] = input.channels as [PolicyInput['channels'][0], PolicyInput['channels'][0]];
  const changed = parsePolicy({ ...input, channels: [sms, { ...email, senders: [{ providerRatePerSecond: 250 }] }] });
  const again = decide(few, changed, first);
  expect(again.verdict).toBe('no-change');
  await expect(actOn(again, { policy: changed })).resolves.toBe(true);
  expect(JSON.parse(readFile()).scaling.channels.email.provider_rate_per_second).toBe(250);
});

test.each([
  ['everything is held', { ...many, live: { status: 'failed' as const } }],
  ['an alert is in flight', { ...many, alertInFlight: true }],
])('when %s nothing is written and nothing is applied', async (_what, observation) => {
  const first = decide(few, input, null);
  await actOn(first);
  const before = readFile();
  await expect(actOn(decide(observation, input, first))).resolves.toBe(false);
  expect(applied).toHaveLength(2);
  expect(readFile()).toBe(before);
});

test.each<TerraformRoot>(['topics', 'pipeline'])(
  'when the apply of %s fails the old file stays in force, and the next run applies again',
  async (broken) => {
    const first = decide(few, input, null);
    await actOn(first);
    const before = readFile();
    const grown = decide(many, input, first);
    const failing = actOn(grown, {
      runTerraform: async (root) => {
        if (root === broken) throw new Error('lock held');
      },
    });
    await expect(failing).rejects.toThrow('lock held');
    expect(readFile()).toBe(before);
    expect(readdirSync(folder)).toEqual(['scaling.auto.tfvars.json']);
    await expect(actOn(decide(many, input, first))).resolves.toBe(true);
    expect(JSON.parse(readFile()).scaling.channels.sms.active_partitions).toBe(5);
  },
);

test('a first sizing below what is in force is refused: its history was lost', async () => {
  const first = decide(few, input, null);
  await actOn(decide(many, input, null));
  const before = readFile();
  await expect(actOn(first)).rejects.toThrow(ActError);
  await expect(actOn(first)).rejects.toThrow(/channel sms: active_partitions would fall from 5 to 2/);
  expect(readFile()).toBe(before);
  expect(applied).toHaveLength(2);
});

test('a sizing without a channel that is in force is refused', async () => {
  await actOn(decide(few, input, null));
  const smsOnly = parsePolicy({ ...input, channels: input.channels.slice(0, 1) });
  await expect(actOn(decide(few, smsOnly, null), { policy: smsOnly })).rejects.toThrow(/channel email is in force/);
  expect(applied).toHaveLength(2);
});

test.each([
  ['damaged', '{"scaling":'],
  ['edited into something else', '{"scaling":{"schema":1,"channels":{},"producer":{"memory_mb":512,"threads":"1"}}}'],
  ['with an unknown key', '{"scaling":{"schema":1,"channels":{},"producer":{"memory_mb":512,"threads":1,"speed":2}}}'],
])('a file in force that is %s stops everything', async (_what, text) => {
  putInForce(text);
  await expect(actOn(decide(few, input, null))).rejects.toThrow(ActError);
  await expect(actOn(decide(few, input, null))).rejects.toThrow(/restore its last good version/);
  expect(readFile()).toBe(text);
  expect(applied).toEqual([]);
});

test('further variable files come before the sizing', async () => {
  await actOn(decide(few, input, null), { variableFiles: (root) => [`/values/${root}.tfvars`] });
  expect(applied.map(({ args }) => args[4])).toEqual([
    '-var-file=/values/topics.tfvars',
    '-var-file=/values/pipeline.tfvars',
  ]);
});

test('a sizing that was frozen before the first one writes nothing', async () => {
  await expect(actOn(decide({ ...few, paused: true }, input, null))).resolves.toBe(false);
  expect(existsSync(tfvarsFile)).toBe(false);
});
