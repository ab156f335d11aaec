import type { Dialect, SinkAnswer } from './dialect.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

const xml = (status: number, body: string): SinkAnswer => ({ status, headers: { 'content-type': 'text/xml' }, body });

/** https://docs.aws.amazon.com/ses/latest/dg/using-ses-api-requests.html */
const refuse = (status: number, type: 'Sender' | 'Receiver', code: string, message: string): SinkAnswer =>
  xml(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>`,
  );

const rawMessage = (form: URLSearchParams): string =>
  Buffer.from(form.get('RawMessage.Data') ?? '', 'base64').toString('latin1');

/** The first plain text part in base64, as our sender writes it; blank where there is none. */
const plainText = (raw: string): string => {
  const part = /^Content-Type: text\/plain[\s\S]*?\r\n\r\n([\w+/=\r\n]*)/m.exec(raw)?.[1] ?? '';
  return Buffer.from(part, 'base64').toString('utf8');
};

const formError = (form: URLSearchParams): SinkAnswer | undefined => {
  if (form.get('Action') !== 'SendRawEmail') return refuse(400, 'Sender', 'InvalidAction', 'Could not find operation.');
  const raw = rawMessage(form);
  if (!/^From: /m.test(raw) || !raw.includes('\r\n\r\n')) {
    return refuse(400, 'Sender', 'InvalidParameterValue', "Missing required header 'From'.");
  }
  if (!form.get('Destinations.member.1')?.includes('@')) {
    return refuse(400, 'Sender', 'InvalidParameterValue', 'Missing final @domain');
  }
  return undefined;
};

/** The SES query interface's SendRawEmail: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html */
export const sesDialect: Dialect = {
  understand(request) {
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      return { kind: 'malformed', answer: refuse(403, 'Sender', 'MissingAuthenticationToken', 'Missing signature') };
    }
    const form = new URLSearchParams(request.body);
    const answer = formError(form);
    return answer
      ? { kind: 'malformed', answer }
      : { kind: 'message', to: form.get('Destinations.member.1') as string, text: plainText(rawMessage(form)) };
  },
  messageId: (number) => `${number.toString(16).padStart(16, '0')}-00000000-0000-4000-8000-000000000000-000000`,
  accepted: ({ messageId }) =>
    xml(
      200,
      `<SendRawEmailResponse xmlns="${namespace}"><SendRawEmailResult><MessageId>${messageId}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata></SendRawEmailResponse>`,
    ),
  rejected: () => refuse(400, 'Sender', 'MessageRejected', 'Address blacklisted.'),
  throttled: () => refuse(400, 'Sender', 'Throttling', 'Maximum sending rate exceeded.'),
  failed: () => refuse(500, 'Receiver', 'InternalFailure', 'The request processing has failed.'),
};
