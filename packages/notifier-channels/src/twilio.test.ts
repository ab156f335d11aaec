import { aNotification, noTimeOut } from '../test/a-notification.ts';
import { answerWith, type RecordingServer, startRecordingServer } from '../test/recording-server.ts';
import { createTwilioChannel } from './twilio.ts';

const to = '+40721234567';
const taken = JSON.stringify({ sid: `SM${'a'.repeat(32)}`, status: 'queued' });
let server: RecordingServer;
afterEach(() => server.stop());

const channel = (from = '+40700000000') =>
  createTwilioChannel({ accountSid: 'AC123', authToken: 'secret', from, baseUrl: server.url });
const formOf = (index = 0) => Object.fromEntries(new URLSearchParams(server.requests[index]?.body));

describe('an SMS', () => {
  it('is one form to the Messages resource of the account', async () => {
    server = await startRecordingServer(answerWith(201, taken));
    const delivery = await channel().deliver(aNotification({ address: to }), noTimeOut());
    expect(delivery).toEqual({ outcome: 'accepted', messageId: `SM${'a'.repeat(32)}` });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/2010-04-01/Accounts/AC123/Messages.json',
      headers: {
        authorization: `Basic ${Buffer.from('AC123:secret').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(formOf()).toEqual({ To: to, From: '+40700000000', Body: 'Strong shaking in 12 s.', ValidityPeriod: '120' });
  });

  it('goes through a Messaging Service when the sender names one', async () => {
    server = await startRecordingServer(answerWith(201, taken));
    await channel('MG1').deliver(aNotification({ address: to }), noTimeOut());
    expect(formOf()).toMatchObject({ MessagingServiceSid: 'MG1' });
    expect(formOf()).not.toHaveProperty('From');
  });

  it.each([
    [0.2, '1'],
    [12.9, '12'],
    [36_000, '36000'],
    [1_000_000, '36000'],
  ])('that is useful for %p s is kept by Twilio no longer than %p s', async (validForSeconds, period) => {
    server = await startRecordingServer(answerWith(201, taken));
    await channel().deliver(aNotification({ address: to, validForSeconds }), noTimeOut());
    expect(formOf().ValidityPeriod).toBe(period);
  });
});

describe('an answer of Twilio', () => {
  it.each([
    [
      429,
      { code: 20429, message: 'Too Many Requests' },
      { outcome: 'throttled', reason: 'twilio:20429', retryAfterMs: 2000 },
    ],
    [
      400,
      { code: 21610, message: `${to} unsubscribed` },
      { outcome: 'rejected', reason: 'twilio:21610', endpointUnusable: true },
    ],
    [400, { code: 99999, message: to }, { outcome: 'rejected', reason: 'twilio:99999', endpointUnusable: false }],
    [500, { code: 20500, message: 'Internal' }, { outcome: 'ambiguous', reason: 'twilio:20500' }],
    [
      503,
      { code: 20503, message: 'Unavailable' },
      { outcome: 'transient', reason: 'twilio:20503', retryAfterMs: 2000 },
    ],
  ])('with status %p and %j is understood by its code', async (status, body, expected) => {
    server = await startRecordingServer(answerWith(status, JSON.stringify(body), { 'retry-after': '2' }));
    expect(await channel().deliver(aNotification({ address: to }), noTimeOut())).toEqual(expected);
  });

  it.each([
    [502, '<html>bad gateway</html>', 'ambiguous', 'twilio:http502'],
    [503, '', 'ambiguous', 'twilio:http503'],
    [429, 'slow down', 'throttled', 'twilio:http429'],
    [404, 'null', 'rejected', 'twilio:http404'],
    [302, '', 'rejected', 'twilio:http302'],
    [201, 'not json', 'ambiguous', 'twilio:unreadable'],
    [200, 'null', 'ambiguous', 'twilio:unreadable'],
    [201, '{}', 'ambiguous', 'twilio:unreadable'],
  ])('with status %p and the body %j is %s', async (status, body, outcome, reason) => {
    server = await startRecordingServer(answerWith(status, body));
    expect(await channel().deliver(aNotification({ address: to }), noTimeOut())).toMatchObject({ outcome, reason });
    expect(server.requests).toHaveLength(1);
  });
});
