import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLambda } from './bundle-lambda.ts';
import { type Lambda, lambdas } from './lambdas.ts';

const rootFolder = join(import.meta.dirname, '../..');
const TIME_OUT_MS = 60_000;
const channels = ['sms', 'email', 'telegram', 'webhook'];
const sdkOfChannel: Record<string, string> = { sms: 'twilio', email: '@aws-sdk/client-ses', telegram: 'telegraf' };

/** Rights that AWS itself uses in the function's name, or that only change an answer. */
const WITHOUT_A_COMMAND: Record<string, string[]> = {
  producer: ['s3:ListBucket'],
  ingest: ['s3:ListBucket'],
  consumer: ['s3:ListBucket', 's3:PutObject'],
};
/** Halves of a store that a function's bundle holds beside the half that it uses; and the clients' own calls for others. */
const NEVER_CALLED: Record<string, string[]> = {
  producer: ['dynamodb:BatchWriteItem', 'dynamodb:DescribeEndpoints', 's3:CreateSession'],
  ingest: ['dynamodb:BatchWriteItem', 'dynamodb:DescribeEndpoints', 's3:CreateSession'],
  segmenter: ['dynamodb:DescribeEndpoints'],
  consumer: ['dynamodb:BatchWriteItem', 'dynamodb:DescribeEndpoints', 'dynamodb:Scan'],
};
/** A transaction has no right of its own: its parts have. */
const RIGHT_OF: Record<string, string> = { TransactWriteItems: 'ConditionCheckItem' };

/** By function: the files of which something is left in its bundle. */
let filesOf: Map<string, string[]>;

beforeAll(async () => {
  const bundles = await Promise.all(lambdas.map(({ entry }) => bundleLambda(entry, rootFolder)));
  filesOf = new Map(lambdas.map(({ name }, index) => [name, bundles[index]?.inputs ?? []]));
}, TIME_OUT_MS);

const holds = (name: string, library: string): boolean =>
  (filesOf.get(name) ?? []).some((file) => file.includes(`node_modules/${library}`));

const kindOf = (name: string): string => name.split('-')[0] ?? '';

/** AWS calls that can happen in a function: the commands in its bundle, but for those it has no use for. */
function callsOf(name: string): string[] {
  const neverCalled = NEVER_CALLED[kindOf(name)] ?? [];
  const calls = (filesOf.get(name) ?? []).flatMap((file) => {
    const [, service, command] = /@aws-sdk\/client-([^/]+)\/.*\/commands\/(\w+)Command\.js$/.exec(file) ?? [];
    return service && command ? [`${service.replaceAll('-', '')}:${RIGHT_OF[command] ?? command}`] : [];
  });
  return [...new Set(calls)].filter((call) => !neverCalled.includes(call)).sort();
}

const readTerraform = (file: string): string => readFileSync(join(rootFolder, 'terraform/pipeline', file), 'utf8');

/** The actions that the function's policy lists, e-mail's own for e-mail only. */
function rightsOf({ name }: Lambda): string[] {
  const file = name.startsWith('consumer-') ? 'consumers.tf' : `${name}.tf`;
  const own = readTerraform(file).split('\nmodule ')[0] ?? '';
  const shared = own.includes('aws_iam_policy_document.broadcast.json') ? readTerraform('broadcast.tf') : '';
  const policy = own + (shared.split('\nresource ')[0] ?? '');
  const actions = [...policy.matchAll(/actions\s*=\s*\[([^\]]*)\]/g)].flatMap(([, list]) =>
    [...(list ?? '').matchAll(/"([^"]+)"/g)].map(([, action]) => action ?? ''),
  );
  const withoutCommand = WITHOUT_A_COMMAND[kindOf(name)] ?? [];
  return [...new Set(actions)]
    .filter((action) => !action.startsWith('ses:') || name === 'consumer-email')
    .filter((action) => !withoutCommand.includes(action))
    .sort();
}

test.each(channels)('consumer-%s holds its own SDK and no other channel’s', (channel) => {
  const held = Object.entries(sdkOfChannel).filter(([, sdk]) => holds(`consumer-${channel}`, `${sdk}/`));
  expect(held.map(([name]) => name)).toEqual(channel in sdkOfChannel ? [channel] : []);
});

test.each(lambdas)('$name holds kafkajs if it writes wake-ups, and no way to a developer’s credentials', ({ name }) => {
  expect(holds(name, 'kafkajs/')).toBe(['producer', 'ingest'].includes(name));
  expect(holds(name, '@aws-sdk/credential-provider-sso') || holds(name, '@aws-sdk/nested-clients')).toBe(false);
});

test.each(lambdas)('$name may do what its code calls, and nothing else', (lambda) => {
  expect(rightsOf(lambda)).toEqual(callsOf(lambda.name));
});
