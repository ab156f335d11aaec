import { createHash } from 'node:crypto';
import { createEmulator, splitFunctionName } from './emulator.ts';
import { type StubAnswer, type StubRequest, startHttpStub } from './testing-support/http-stub.ts';

const functionPath = '/2015-03-31/functions/f';
const unqualified = 'arn:aws:lambda:eu-central-1:000000000000:function:f';

/** Just enough of Lambda, Secrets Manager, SQS and S3. */
function answer({ path, headers, body }: StubRequest): StubAnswer {
  const operation = String(headers['x-amz-target'] ?? '').split('.')[1];
  if (path === functionPath) return { body: { Configuration: { FunctionArn: unqualified } } };
  if (path === `${functionPath}?Qualifier=live`)
    return { body: { Configuration: { FunctionArn: `${unqualified}:live` } } };
  if (path.startsWith('/2015')) return { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } };
  if (operation === 'GetSecretValue') return { body: { SecretString: `secret of ${JSON.parse(body).SecretId}` } };
  if (operation === 'GetQueueUrl') return { body: { QueueUrl: `http://queue/${JSON.parse(body).QueueName}` } };
  if (operation === 'SendMessage') return { body: { MD5OfMessageBody: md5(JSON.parse(body).MessageBody) } };
  return {};
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

let stub: Awaited<ReturnType<typeof startHttpStub>>;
let emulator: ReturnType<typeof createEmulator>;
beforeEach(async () => {
  stub = await startHttpStub(answer);
  emulator = createEmulator({ url: stub.url, region: 'eu-central-1' });
});
afterEach(async () => {
  emulator.close();
  await stub.stop();
});

test.each([
  ['f', unqualified],
  ['f:live', `${unqualified}:live`],
  [`${unqualified}:live`, `${unqualified}:live`],
  ['000000000000:function:f', unqualified],
  ['nobody', null],
  ['f:nobody', null],
])('the function %s is %s', async (name, arn) => {
  expect(await emulator.functionArn(name)).toBe(arn);
});

test("a function's name and qualifier are told apart in each form that the API takes", () => {
  expect(splitFunctionName('f')).toEqual({ name: 'f' });
  expect(splitFunctionName(`${unqualified}:7`)).toEqual({ name: 'f', qualifier: '7' });
});

test('secrets are read by ARN, messages sent by the name in the ARN, objects put by path', async () => {
  expect(await emulator.secretText('arn:aws:secretsmanager:eu-central-1:000000000000:secret:s')).toContain(':secret:s');
  await emulator.sendMessage('arn:aws:sqs:eu-central-1:000000000000:dead', 'text');
  await emulator.putObject('arn:aws:s3:::bucket', 'a/b', '{}');
  const [, , sent, put] = stub.requests;
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({ QueueUrl: 'http://queue/dead', MessageBody: 'text' });
  expect(put).toMatchObject({ method: 'PUT', path: expect.stringContaining('/bucket/a/b') });
});
