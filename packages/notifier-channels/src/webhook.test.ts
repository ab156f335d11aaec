import { createHmac } from 'node:crypto';
import { aNotification, noTimeOut } from '../test/a-notification.ts';
import {
  answerWith,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../test/recording-server.ts';
import { createWebhookChannel } from './webhook.ts';
import { webhookRule } from './webhook-errors.ts';

const signingKey = `whsec_${Buffer.from('a key of the tests only').toString('base64')}`;

describe('a webhook', () => {
  let server: RecordingServer;
  afterEach(() => server.stop());
  const deliver = (path = '/hook') =>
    createWebhookChannel({ signingKey, allowLoopback: true }).deliver(
      aNotification({ address: `${server.url}${path}`, exercise: true }),
      noTimeOut(),
    );

  it('tells the message, that it is an exercise, and a reference to recognise a repetition by', async () => {
    server = await startRecordingServer(answerWith(204));
    expect(await deliver()).toEqual({ outcome: 'accepted', messageId: '' });
    expect(server.requests[0]?.headers).toMatchObject({
      'webhook-id': 'event-1.1.3.2.0123456789abcdef',
      'idempotency-key': 'event-1.1.3.2.0123456789abcdef',
    });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      schema: 1,
      reference: 'event-1.1.3.2.0123456789abcdef',
      exercise: true,
      validForSeconds: 120,
      subject: 'Earthquake near Vrancea',
      text: 'Strong shaking in 12 s.',
    });
  });

  it('is signed with its id and time, as the Standard Webhooks specification says', async () => {
    server = await startRecordingServer(answerWith(200));
    await deliver();
    const { headers, body } = server.requests[0] as RecordedRequest;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', 'a key of the tests only').update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('beats by a signed POST that tells of nothing', async () => {
    server = await startRecordingServer(answerWith(204));
    const channel = createWebhookChannel({ signingKey, allowLoopback: true });
    expect(await channel.beat(`${server.url}/hook`, noTimeOut())).toEqual({ outcome: 'accepted', messageId: '' });
    const { headers, body } = server.requests[0] as RecordedRequest;
    const { sentAt } = JSON.parse(body);
    expect(JSON.parse(body)).toEqual({ schema: 1, heartbeat: true, sentAt });
    expect(headers['webhook-id']).toBe(`heartbeat/${Date.parse(sentAt)}`);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', 'a key of the tests only').update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  });

  it.each([
    [301, 'rejected'],
    [307, 'rejected'],
    [400, 'rejected'],
    [404, 'rejected'],
    [408, 'transient'],
    [410, 'rejected'],
    [425, 'transient'],
    [429, 'transient'],
    [500, 'transient'],
    [501, 'rejected'],
    [502, 'ambiguous'],
    [503, 'transient'],
    [504, 'ambiguous'],
    [599, 'ambiguous'],
  ])('answered with %p is %s, and is not sent again', async (status, outcome) => {
    server = await startRecordingServer(answerWith(status, '', { location: '/elsewhere', 'retry-after': '9' }));
    expect(await deliver()).toMatchObject({ outcome, reason: `webhook:${status}` });
    expect(server.requests).toHaveLength(1);
  });

  it('answered with 410 ends the subscription', () => {
    expect(webhookRule(410)).toEqual({ outcome: 'rejected', endpointUnusable: true });
    expect(webhookRule(404)).toEqual({ outcome: 'rejected', endpointUnusable: false });
  });
});

describe('an address of a webhook', () => {
  const refusal = async (address: string, allowLoopback: boolean) => {
    const delivery = await createWebhookChannel({ signingKey, allowLoopback }).deliver(
      aNotification({ address }),
      noTimeOut(),
    );
    return delivery.outcome === 'rejected' && delivery.endpointUnusable ? delivery.reason : delivery.outcome;
  };

  it.each([
    ['receiver', 'webhook:unreadableAddress'],
    ['http://receiver.example/hook', 'webhook:notHttps'],
    ['ftp://receiver.example/hook', 'webhook:notHttps'],
    ['http://127.0.0.1:1/hook', 'webhook:notHttps'],
    ['https://127.0.0.1:1/hook', 'webhook:privateAddress'],
    ['https://[::1]:1/hook', 'webhook:privateAddress'],
    ['https://[::ffff:10.0.0.1]/hook', 'webhook:privateAddress'],
    ['https://169.254.169.254/latest/meta-data', 'webhook:privateAddress'],
    ['https://2852039166/latest/meta-data', 'webhook:privateAddress'],
    ['https://10.0.0.1/hook', 'webhook:privateAddress'],
    ['https://localhost:1/hook', 'webhook:privateAddress'],
  ])('%s is refused on AWS: %s', async (address, reason) => {
    expect(await refusal(address, false)).toBe(reason);
  });

  it.each([
    ['http://10.0.0.1/hook', 'webhook:notHttps'],
    ['https://10.0.0.1/hook', 'webhook:privateAddress'],
    ['http://127.0.0.1:1/hook', 'transient'],
    ['http://localhost:1/hook', 'transient'],
  ])('%s on a local stack leads to: %s', async (address, result) => {
    expect(await refusal(address, true)).toBe(result);
  });
});

it('a signing key of fewer than 16 bytes is refused at start', () => {
  expect(() => createWebhookChannel({ signingKey: 'short' })).toThrow('signingKey: give at least 16 bytes');
});
