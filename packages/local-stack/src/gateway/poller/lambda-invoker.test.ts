import { type StubAnswer, startHttpStub } from '../testing-support/http-stub.ts';
import { createLambdaInvoker } from './lambda-invoker.ts';

const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:f:live';
let stub: Awaited<ReturnType<typeof startHttpStub>>;
let invoker: ReturnType<typeof createLambdaInvoker>;
let next: StubAnswer | Promise<StubAnswer> = {};
beforeAll(async () => {
  stub = await startHttpStub(() => next);
  invoker = createLambdaInvoker(stub.url);
});
afterAll(async () => {
  invoker.close();
  await stub.stop();
});

const invoke = (answer: StubAnswer | Promise<StubAnswer>, signal = new AbortController().signal) => {
  next = answer;
  return invoker.invoke(arn, '{"records":{}}', signal);
};

describe('Invoke (API_Invoke)', () => {
  test('is called synchronously on the alias, in its region and account', async () => {
    const headers = { 'x-amzn-requestid': 'r-1', 'x-amz-executed-version': '7' };
    const result = await invoke({ headers, body: { batchItemFailures: [] } });
    const payload = '{"batchItemFailures":[]}';
    expect(result).toEqual({ kind: 'response', payload, requestId: 'r-1', executedVersion: '7' });
    expect(stub.requests[0]).toMatchObject({
      method: 'POST',
      path: `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
      body: '{"records":{}}',
    });
    expect(stub.requests[0]?.headers).toMatchObject({
      'x-amz-invocation-type': 'RequestResponse',
      authorization: expect.stringContaining('Credential=000000000000/20260101/eu-central-1/lambda/'),
    });
  });

  test.each([
    ['a function error', { headers: { 'x-amz-function-error': 'Unhandled' } }, { kind: 'functionError' }],
    ['a throttle', { status: 429 }, { kind: 'notInvoked', reason: 'Function throttled' }],
    ['a service error', { status: 500 }, { kind: 'notInvoked', reason: 'Invoke answered 500' }],
    ['a cut connection', { hangUp: true }, { kind: 'notInvoked', reason: 'Connection error to the function' }],
  ])('%s is a result, not an exception', async (_what, answer, result) => {
    expect(await invoke(answer)).toMatchObject(result);
  });

  test('a call that is aborted ends at once', async () => {
    const abort = new AbortController();
    const result = invoke(new Promise(() => {}), abort.signal);
    abort.abort();
    expect(await result).toMatchObject({ kind: 'notInvoked' });
  });
});
