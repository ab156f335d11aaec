import { aNotification, noTimeOut } from '../test/a-notification.ts';
import { answerWith, type RecordingServer, startRecordingServer } from '../test/recording-server.ts';
import { createSesChannel } from './ses.ts';

const address = 'ana7@example.org';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const taken =
  '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>';
const error = (code: string, message: string) =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

let server: RecordingServer;
afterEach(() => server.stop());
const channel = (given = {}) =>
  createSesChannel({
    from: 'Quakewire <alerts@example.org>',
    baseUrl: server.url,
    client: { region: 'eu-central-1', credentials },
    ...given,
  });

describe('an e-mail', () => {
  it('is one signed SendRawEmail to one recipient, naming the configuration set', async () => {
    server = await startRecordingServer(answerWith(200, taken));
    const delivery = await channel({ configurationSet: 'alerts' }).deliver(
      aNotification({ address, unsubscribeUrl: 'https://example.org/stop/1' }),
      noTimeOut(),
    );
    expect(delivery).toEqual({ outcome: 'accepted', messageId: 'm-1' });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 .*eu-central-1\/ses/);
    const form = new URLSearchParams(server.requests[0]?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      Action: 'SendRawEmail',
      'Destinations.member.1': address,
      Source: 'Quakewire <alerts@example.org>',
      ConfigurationSetName: 'alerts',
    });
    const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64').toString();
    expect(raw).toContain('Subject: Earthquake near Vrancea\r\n');
    expect(raw).toContain('List-Unsubscribe: <https://example.org/stop/1>\r\n');
  });

  it.each([
    'nobody',
    'a@b@c.org',
    'a b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org,b@example.org',
  ])('to %j is refused before anything is sent', async (to) => {
    server = await startRecordingServer(answerWith(200, taken));
    const delivery = await channel().deliver(aNotification({ address: to }), noTimeOut());
    expect(delivery).toEqual({ outcome: 'rejected', reason: 'email:unreadableAddress', endpointUnusable: true });
    expect(server.requests).toHaveLength(0);
  });

  it('without credentials is transient: nothing was sent', async () => {
    server = await startRecordingServer(answerWith(200, taken));
    const none = async () => {
      throw Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
    };
    const delivery = await channel({ client: { region: 'eu-central-1', credentials: none } }).deliver(
      aNotification({ address }),
      noTimeOut(),
    );
    expect(delivery).toEqual({ outcome: 'transient', reason: 'ses:CredentialsProviderError' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('an answer of SES', () => {
  it.each([
    [400, error('Throttling', 'Maximum sending rate exceeded.'), { outcome: 'throttled', reason: 'ses:Throttling' }],
    [400, error('Throttling', 'Daily message quota exceeded.'), { outcome: 'rejected', reason: 'ses:Throttling' }],
    [400, error('MessageRejected', `Not verified: ${address}`), { outcome: 'rejected', reason: 'ses:MessageRejected' }],
    [500, error('InternalFailure', ''), { outcome: 'ambiguous', reason: 'ses:InternalFailure' }],
    [503, error('ServiceUnavailable', ''), { outcome: 'ambiguous', reason: 'ses:ServiceUnavailable' }],
    [502, '<html>bad gateway</html>', { outcome: 'ambiguous' }],
    [503, '', { outcome: 'ambiguous' }],
    [200, 'not xml', { outcome: 'ambiguous' }],
    [200, '', { outcome: 'ambiguous' }],
  ])('with status %p and the body %j is understood, and nothing is sent again', async (status, body, expected) => {
    server = await startRecordingServer(answerWith(status, body, { 'content-type': 'text/xml' }));
    const delivery = await channel().deliver(aNotification({ address }), noTimeOut());
    expect(delivery).toMatchObject(expected);
    expect(JSON.stringify(delivery)).not.toContain('ana7');
    expect(server.requests).toHaveLength(1);
  });
});
