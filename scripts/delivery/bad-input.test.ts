import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './project-folder.ts';

/** Stands for AWS and everything else outside: S3 answers with one file, and whatever is asked or written is noted. */
let server: Server;
let asked: string[];
let scalingFile: string;
let folder: string;

beforeEach(async () => {
  asked = [];
  scalingFile = '';
  folder = mkdtempSync(join(tmpdir(), 'quakewire-bad-input-'));
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    const isScalingFile = request.method === 'GET' && request.url?.includes('/scaling/scaling.auto.tfvars.json');
    response.writeHead(isScalingFile ? 200 : 404, { etag: '"1"', 'content-type': 'application/xml' });
    response.end(isScalingFile ? scalingFile : '<Error><Code>NoSuchKey</Code></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const policyOf = (channel: object, changes: object = {}) => ({
  schemaVersion: 1,
  channels: [{ name: 'sms', senders: [{ providerRatePerSecond: 100 }], ...channel }],
  ...changes,
});

/** Starting a command takes seconds where the machine is busy. */
const startMs = 60_000;

/** Runs a command as a person does, with a Terraform that leaves a trace. */
function run(
  script: string,
  args: string[],
): Promise<{ exitCode: number; said: string; printed: string; isApplied: boolean }> {
  const trace = join(folder, 'terraform-was-called');
  const bin = join(folder, 'terraform');
  writeFileSync(bin, `#!/bin/sh\necho "$@" >> ${trace}\n`, { mode: 0o755 });
  const environment = {
    ...{ PATH: `${folder}:${process.env.PATH}`, HOME: folder },
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_REGION: 'eu-central-1' },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_MAX_ATTEMPTS: '1' },
    ...{ KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:1', KAFKA_TLS: 'false' },
    ...{ KAFKA_SASL_USERNAME: 'user', KAFKA_SASL_PASSWORD: 'secret' },
  };
  return new Promise((resolve) => {
    const command = [join(projectFolder, 'scripts', script), ...args];
    const child = execFile(
      process.execPath,
      command,
      { env: environment, cwd: projectFolder },
      (_error, printed, said) => {
        resolve({
          exitCode: child.exitCode ?? -1,
          said,
          printed,
          isApplied: readdirSync(folder).includes('terraform-was-called'),
        });
      },
    );
  });
}

function scaleBy(policy: string) {
  const file = join(folder, 'policy.json');
  writeFileSync(file, policy);
  return run('scale.ts', ['run', '--environment', 'local', '--policy', file]);
}

const changed = () => asked.filter((request) => !request.startsWith('GET'));
/** A good one, as a deployment leaves it. */
const good = {
  scaling: {
    schema: 1,
    producer: { memory_mb: 512, threads: 1 },
    channels: {},
  },
};

describe('bad input gets one clear sentence, exit code 2, and changes nothing', () => {
  it.each<[string, string, RegExp]>([
    [
      'an unknown key',
      JSON.stringify(policyOf({ workers: 3 })),
      /^policy\.channels\.sms\.workers: is no setting; remove it or correct its name\n$/,
    ],
    [
      'contradictory limits',
      JSON.stringify(policyOf({ minimumActivePartitions: 50, maximumActivePartitions: 5 })),
      /^policy\.channels\.sms\.minimumActivePartitions: 50 leaves no partition count up to maximumActivePartitions 5/,
    ],
    [
      'a negative limit',
      JSON.stringify(policyOf({}, { standingCostCeilingUsdPerMonth: -1 })),
      /^policy\.standingCostCeilingUsdPerMonth: /,
    ],
    [
      'a quota of 0',
      JSON.stringify(policyOf({ senders: [{ providerRatePerSecond: 0 }] })),
      /^policy\.channels\.sms\.senders\[0\]\.providerRatePerSecond: /,
    ],
    [
      'NaN',
      '{"schemaVersion":1,"channels":[{"name":"sms","senders":[{"providerRatePerSecond":NaN}]}]}',
      /policy\.json is not JSON\n$/,
    ],
  ])(
    'a policy with %s',
    async (_what, policy, sentence) => {
      const result = await scaleBy(policy);
      expect(result).toMatchObject({ exitCode: 2, printed: '', isApplied: false });
      expect(result.said).toMatch(sentence);
      expect(result.said.trim().split('\n')).toHaveLength(1);
      expect(asked).toEqual([]);
    },
    startMs,
  );

  it.each<[string, string, RegExp]>([
    [
      'an unknown key',
      JSON.stringify({ scaling: { ...good.scaling, speed: 2 } }),
      /^the scaling file: scaling: Unrecognized key: "speed"; restore its last good version; nothing was applied\n$/,
    ],
    [
      'a number as text',
      JSON.stringify({ scaling: { ...good.scaling, producer: { memory_mb: '512', threads: 1 } } }),
      /^the scaling file: scaling\.producer\.memory_mb: /,
    ],
    [
      'a comma too many',
      '{"scaling":{},}',
      /^the scaling file is not JSON: restore its last good version; nothing was applied\n$/,
    ],
  ])(
    'a scaling file edited by hand: %s',
    async (_what, text, sentence) => {
      scalingFile = text;
      const result = await scaleBy(JSON.stringify(policyOf({})));
      expect(result).toMatchObject({ exitCode: 2, printed: '', isApplied: false });
      expect(result.said).toMatch(sentence);
      expect(changed()).toEqual([]);
    },
    startMs,
  );

  it.each<[string, string, RegExp]>([
    ['infra/local/20200101T000000Z-1', '--yes', /^There is no snapshot infra\/local\/20200101T000000Z-1: /],
    ['infra/local/yesterday', '--dry-run', /^infra\/local\/yesterday is no snapshot/],
  ])(
    'a snapshot that does not exist: %s %s',
    async (to, how, sentence) => {
      const result = await run('rollback.ts', ['--to', to, how]);
      expect(result).toMatchObject({ exitCode: 2, printed: '', isApplied: false });
      expect(result.said).toMatch(sentence);
      expect(asked).toEqual([]);
    },
    startMs,
  );

  it(
    'a list of zips edited by hand',
    async () => {
      const file = join(folder, 'artifacts.auto.tfvars.json');
      writeFileSync(file, JSON.stringify({ artifacts: { producer: { bucket: 'b', key: 'k' } } }));
      const result = await run('snapshot.ts', ['--environment', 'local', '--artifacts', file]);
      expect(result).toMatchObject({ exitCode: 2, printed: '', isApplied: false });
      expect(result.said).toMatch(/artifacts\.auto\.tfvars\.json: artifacts\.producer\.sha256_base64: /);
      expect(asked).toEqual([]);
    },
    startMs,
  );
});
