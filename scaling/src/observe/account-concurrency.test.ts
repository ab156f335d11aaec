import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { createAccountConcurrency } from './account-concurrency.ts';

let server: Server;
let client: LambdaClient;
/** Status and body by the end of the path. */
let answers: Record<string, [status: number, body: object]>;

beforeEach(async () => {
  server = createServer((request, response) => {
    const [, [status, body]] = Object.entries(answers).find(([end]) => request.url?.includes(end)) ?? ['', [500, {}]];
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(status === 404 && { 'x-amzn-errortype': 'ResourceNotFoundException' }),
    });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const account = { AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 970 } };
const read = () =>
  createAccountConcurrency(client, (channel) => `quakewire-test-consumer-${channel}`)(['sms', 'email']);

test('what the consumers have reserved is taken off what the account has reserved', async () => {
  answers = {
    'account-settings': [200, account],
    'consumer-sms/concurrency': [200, { ReservedConcurrentExecutions: 15 }],
    'consumer-email/concurrency': [200, { ReservedConcurrentExecutions: 8 }],
  };
  await expect(read()).resolves.toEqual({ accountConcurrency: 1_000, concurrencyReservedByOthers: 7 });
});

test('a consumer that does not exist yet has reserved nothing', async () => {
  answers = {
    'account-settings': [200, account],
    'consumer-sms/concurrency': [404, { message: 'Function not found' }],
    'consumer-email/concurrency': [200, {}],
  };
  await expect(read()).resolves.toEqual({ accountConcurrency: 1_000, concurrencyReservedByOthers: 30 });
});

test('no answer is no number', async () => {
  answers = { 'account-settings': [200, account], concurrency: [500, {}] };
  await expect(read()).rejects.toThrow();
  answers = { 'account-settings': [200, { AccountLimit: {} }], concurrency: [200, {}] };
  await expect(read()).rejects.toThrow("Lambda's account settings hold no ConcurrentExecutions");
});
