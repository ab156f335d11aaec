import { ambiguous, rejected, throttled, unusable } from './error-rule.ts';
import { telegramErrors, telegramRule } from './telegram-errors.ts';

const codesPage = 'https://core.telegram.org/api/errors';
const requestsPage = 'https://core.telegram.org/bots/api#making-requests';
const serverSource = 'https://github.com/tdlib/telegram-bot-api';

const documented = [
  { page: serverSource, code: 400, said: 'Bad Request: chat not found', rule: unusable },
  { page: serverSource, code: 400, said: 'Bad Request: user not found', rule: unusable },
  { page: serverSource, code: 400, said: 'Bad Request: chat_id is empty', rule: unusable },
  { page: serverSource, code: 400, said: 'Bad Request: PEER_ID_INVALID', rule: unusable },
  { page: requestsPage, code: 400, said: 'Bad Request: group chat was upgraded to a supergroup chat', rule: unusable },
  { page: serverSource, code: 400, said: 'Bad Request: have no rights to send a message', rule: unusable },
  { page: serverSource, code: 400, said: 'Bad Request: CHAT_WRITE_FORBIDDEN', rule: unusable },
  { page: serverSource, code: 400, said: 'Bad Request: message text is empty', rule: rejected },
  { page: serverSource, code: 400, said: 'Bad Request: message is too long', rule: rejected },
  { page: serverSource, code: 400, said: "Bad Request: can't parse entities: 7", rule: rejected },
  { page: codesPage, code: 400, said: 'Bad Request: something new', rule: rejected },
  { page: codesPage, code: 401, said: 'Unauthorized', rule: rejected },
  { page: serverSource, code: 403, said: 'Forbidden: bot was blocked by the user', rule: unusable },
  { page: serverSource, code: 403, said: 'Forbidden: user is deactivated', rule: unusable },
  { page: serverSource, code: 403, said: "Forbidden: bot can't initiate conversation with a user", rule: unusable },
  { page: serverSource, code: 403, said: "Forbidden: bot can't send messages to bots", rule: unusable },
  { page: serverSource, code: 403, said: 'Forbidden: bot was kicked from the group chat', rule: unusable },
  { page: serverSource, code: 403, said: 'Forbidden: bot is not a member of the channel chat', rule: unusable },
  { page: codesPage, code: 403, said: 'Forbidden: something new', rule: rejected },
  { page: codesPage, code: 404, said: 'Not Found', rule: rejected },
  { page: codesPage, code: 406, said: 'Not Acceptable', rule: rejected },
  { page: serverSource, code: 409, said: 'Conflict: terminated by other long poll', rule: rejected },
  { page: serverSource, code: 413, said: 'Request Entity Too Large', rule: rejected },
  { page: codesPage, code: 420, said: 'FLOOD_WAIT_5', rule: throttled },
  { page: requestsPage, code: 429, said: 'Too Many Requests: retry after 5', rule: throttled },
  { page: codesPage, code: 500, said: 'Internal Server Error', rule: ambiguous },
  { page: serverSource, code: 502, said: 'Bad Gateway', rule: ambiguous },
  { page: serverSource, code: 503, said: 'Service Unavailable', rule: ambiguous },
  { page: serverSource, code: 504, said: 'Gateway Timeout', rule: ambiguous },
];

describe('an answer of Telegram', () => {
  it.each(documented)('$code "$said" ($page) is $rule.outcome', ({ code, said, rule }) => {
    expect(telegramRule(code, said).rule).toEqual(rule);
  });

  it('stands in the table only when it is listed here', () => {
    const rowOf = (code: number, said: string) =>
      telegramErrors.findIndex((row) => row.code === code && said.includes(row.words ?? ''));
    const rows = documented.map(({ code, said }) => rowOf(code, said));
    expect([...new Set(rows)].sort((a, b) => a - b)).toEqual(telegramErrors.map((_, index) => index));
  });

  it('is named by its code and the documented words, never by the rest of the description', () => {
    expect(telegramRule(403, 'Forbidden: bot was blocked by the user 123456').reason).toBe(
      'telegram:403 bot was blocked by the user',
    );
    expect(telegramRule(400, 'Bad Request: 123456').reason).toBe('telegram:400');
  });

  it('of an unknown code is judged on the safe side', () => {
    expect(telegramRule(418, '').rule).toEqual(rejected);
    expect(telegramRule(599, '').rule).toEqual(ambiguous);
  });
});
