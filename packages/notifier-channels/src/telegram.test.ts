import { aNotification, noTimeOut } from '../test/a-notification.ts';
import { answerWith, type RecordingServer, startRecordingServer } from '../test/recording-server.ts';
import { createTelegramChannel } from './telegram.ts';

const address = '9876543210';
let server: RecordingServer;
afterEach(() => server.stop());
const deliver = (given = {}) =>
  createTelegramChannel({ botToken: '1:token', baseUrl: server.url }).deliver(
    aNotification({ address, ...given }),
    noTimeOut(),
  );
const accept = answerWith(200, JSON.stringify({ ok: true, result: { message_id: 7 } }));

it('a Telegram message is one sendMessage of the bot, without a link preview', async () => {
  server = await startRecordingServer(accept);
  expect(await deliver()).toEqual({ outcome: 'accepted', messageId: '7' });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/bot1:token/sendMessage' });
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    chat_id: address,
    text: 'Strong shaking in 12 s.',
    disable_notification: false,
    link_preview_options: { is_disabled: true },
  });
});

it('a silent message makes no sound', async () => {
  server = await startRecordingServer(accept);
  await deliver({ isSilent: true });
  expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ disable_notification: true });
});

it('"Too Many Requests" is passed on with the wait that Telegram asks for', async () => {
  const body = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 5 } };
  server = await startRecordingServer(answerWith(429, JSON.stringify(body)));
  expect(await deliver()).toEqual({ outcome: 'throttled', reason: 'telegram:429', retryAfterMs: 5000 });
});

it.each([
  [500, '<html>error</html>', 'ambiguous'],
  [502, '', 'ambiguous'],
  [200, 'not json', 'ambiguous'],
  [200, '{"ok":true}', 'ambiguous'],
  [404, '<html>nothing here</html>', 'ambiguous'],
])('an answer with status %p and the body %j is %s, and is not sent again', async (status, body, outcome) => {
  server = await startRecordingServer(answerWith(status, body));
  expect(await deliver()).toMatchObject({ outcome });
  expect(server.requests).toHaveLength(1);
});
