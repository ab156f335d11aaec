import { type Dialect, json, type SinkAnswer, type SinkRequest } from './dialect.ts';

const messagesPath = /^\/2010-04-01\/Accounts\/(AC[0-9a-zA-Z]+)\/Messages\.json$/;

/** Twilio's error body: https://www.twilio.com/docs/usage/twilios-response */
const refuse = (status: number, code: number, message: string, headers = {}): SinkAnswer =>
  json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);

const accountOf = (request: SinkRequest): string | undefined => {
  const [scheme, credentials] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic' || credentials === undefined) return undefined;
  const [account, token] = Buffer.from(credentials, 'base64').toString().split(':');
  return token ? account : undefined;
};

const formError = (form: URLSearchParams): SinkAnswer | undefined => {
  const to = form.get('To');
  const body = form.get('Body');
  const validity = form.get('ValidityPeriod');
  if (!to) return refuse(400, 21604, "A 'To' phone number is required.");
  if (!form.get('From') && !form.get('MessagingServiceSid')) return refuse(400, 21603, "A 'From' number is required.");
  if (!body) return refuse(400, 21602, 'Message body is required.');
  if (body.length > 1600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (
    validity !== null &&
    !(Number.isInteger(Number(validity)) && Number(validity) >= 1 && Number(validity) <= 36_000)
  ) {
    return refuse(400, 21624, 'The validity period must be between 1 and 36000 seconds.');
  }
  return undefined;
};

/** Twilio's Messages resource: https://www.twilio.com/docs/messaging/api/message-resource */
export const twilioDialect: Dialect = {
  understand(request) {
    const account = messagesPath.exec(request.path)?.[1];
    if (request.method !== 'POST' || account === undefined) {
      return { kind: 'malformed', answer: refuse(404, 20404, 'The requested resource was not found.') };
    }
    if (accountOf(request) !== account) return { kind: 'malformed', answer: refuse(401, 20003, 'Authenticate') };
    const form = new URLSearchParams(request.body);
    const answer = formError(form);
    return answer
      ? { kind: 'malformed', answer }
      : { kind: 'message', to: form.get('To') as string, text: form.get('Body') as string };
  },
  messageId: (number) => `SM${number.toString(16).padStart(32, '0')}`,
  accepted({ to, messageId, request }) {
    const form = new URLSearchParams(request.body);
    const account = messagesPath.exec(request.path)?.[1];
    const date = new Date().toUTCString();
    return json(201, {
      account_sid: account,
      api_version: '2010-04-01',
      body: form.get('Body'),
      date_created: date,
      date_sent: null,
      date_updated: date,
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: form.get('From'),
      messaging_service_sid: null,
      num_media: '0',
      num_segments: '1',
      price: null,
      price_unit: 'USD',
      sid: messageId,
      status: 'queued',
      subresource_uris: { media: `/2010-04-01/Accounts/${account}/Messages/${messageId}/Media.json` },
      to,
      uri: `/2010-04-01/Accounts/${account}/Messages/${messageId}.json`,
    });
  },
  rejected: () => refuse(400, 21610, 'Attempt to send to unsubscribed recipient'),
  throttled: (waitMs) =>
    refuse(429, 20429, 'Too Many Requests', { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) }),
  failed: () => refuse(500, 20500, 'Internal Server Error'),
};
