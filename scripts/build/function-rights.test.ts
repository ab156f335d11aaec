import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLambda } from './bundle-lambda.ts';
import { type Lambda, lambdas } from './lambdas.ts';

const rootFolder = join(import.meta.dirname, '../..');

/** Rights that go with a command of another name, or that AWS itself uses in the function's name. */
const WITHOUT_A_COMMAND = ['s3:ListBucket', 's3:PutObject', 'lambda:InvokeFunction'];
/** Halves of a store that a function's bundle holds beside the half that it uses; and the client's own discovery. */
const NEVER_CALLED: Record<string, string[]> = {
  producer: ['dynamodb:BatchWriteItem', 'dynamodb:DescribeEndpoints'],
  segmenter: ['dynamodb:DescribeEndpoints'],
  consumer: ['dynamodb:BatchWriteItem', 'dynamodb:DescribeEndpoints', 'dynamodb:Scan'],
};
const RIGHT_OF: Record<string, string> = { TransactWriteItems: 'ConditionCheckItem' };

/** AWS calls that can happen in a function: the commands that are left in its bundle once unused code is dropped. */
async function callsOf({ name, entry }: Lambda): Promise<string[]> {
  const { inputs } = await bundleLambda(entry, rootFolder);
  const neverCalled = NEVER_CALLED[name.split('-')[0] ?? ''] ?? [];
  const calls = inputs.flatMap((file) => {
    const [, service, command] = /@aws-sdk\/client-([^/]+)\/.*\/commands\/(\w+)Command\.js$/.exec(file) ?? [];
    return service && command ? [`${service.replaceAll('-', '')}:${RIGHT_OF[command] ?? command}`] : [];
  });
  return [...new Set(calls)].filter((call) => !neverCalled.includes(call)).sort();
}

/** The actions that the function's policy lists, e-mail's own for e-mail only. */
function rightsOf({ name }: Lambda): string[] {
  const file = name.startsWith('consumer-') ? 'consumers.tf' : `${name}.tf`;
  const policy = readFileSync(join(rootFolder, 'terraform/pipeline', file), 'utf8').split('\nmodule ')[0] ?? '';
  const actions = [...policy.matchAll(/actions\s*=\s*\[([^\]]*)\]/g)].flatMap(([, list]) =>
    [...(list ?? '').matchAll(/"([^"]+)"/g)].map(([, action]) => action ?? ''),
  );
  const own = actions.filter((action) => !action.startsWith('ses:') || name === 'consumer-email');
  return [...new Set(own)].filter((action) => !WITHOUT_A_COMMAND.includes(action)).sort();
}

test.each(lambdas)('$name may do what its code calls, and nothing else', async (lambda) => {
  expect(rightsOf(lambda)).toEqual(await callsOf(lambda));
});
