import { ambiguous, type ErrorRule, rejected, throttled, unusable } from './error-rule.ts';

/** A documented answer of the Bot API: its code and, where one code has several meanings, words of its description. */
export interface TelegramError {
  code: number;
  words?: string;
  rule: ErrorRule;
}

/**
 * https://core.telegram.org/bots/api#making-requests (shape, retry_after, migrate_to_chat_id) and
 * https://core.telegram.org/api/errors (codes). The descriptions are those of the Bot API server's sendMessage:
 * https://github.com/tdlib/telegram-bot-api. The first row that fits counts.
 */
export const telegramErrors: readonly TelegramError[] = [
  { code: 400, words: 'chat not found', rule: unusable },
  { code: 400, words: 'user not found', rule: unusable },
  { code: 400, words: 'chat_id is empty', rule: unusable },
  { code: 400, words: 'PEER_ID_INVALID', rule: unusable },
  { code: 400, words: 'group chat was upgraded to a supergroup chat', rule: unusable },
  { code: 400, words: 'have no rights to send a message', rule: unusable },
  { code: 400, words: 'CHAT_WRITE_FORBIDDEN', rule: unusable },
  { code: 400, words: 'message text is empty', rule: rejected },
  { code: 400, words: 'message is too long', rule: rejected },
  { code: 400, words: "can't parse entities", rule: rejected },
  { code: 400, rule: rejected },
  { code: 401, rule: rejected },
  { code: 403, words: 'bot was blocked by the user', rule: unusable },
  { code: 403, words: 'user is deactivated', rule: unusable },
  { code: 403, words: "bot can't initiate conversation with a user", rule: unusable },
  { code: 403, words: "bot can't send messages to bots", rule: unusable },
  { code: 403, words: 'bot was kicked', rule: unusable },
  { code: 403, words: 'bot is not a member', rule: unusable },
  { code: 403, rule: rejected },
  { code: 404, rule: rejected },
  { code: 406, rule: rejected },
  { code: 409, rule: rejected },
  { code: 413, rule: rejected },
  // "The maximum allowed number of attempts has been exceeded": not done, wait.
  { code: 420, rule: throttled },
  { code: 429, rule: throttled },
  // "An internal server error occurred while a request was being processed": perhaps done.
  { code: 500, rule: ambiguous },
  { code: 502, rule: ambiguous },
  { code: 503, rule: ambiguous },
  { code: 504, rule: ambiguous },
];

/** The rule for an answer, and its name in reports: the code and the documented words, never the whole description. */
export const telegramRule = (code: number, description: string): { rule: ErrorRule; reason: string } => {
  const found = telegramErrors.find((row) => row.code === code && (!row.words || description.includes(row.words)));
  const reason = `telegram:${code}${found?.words ? ` ${found.words}` : ''}`;
  return { rule: found?.rule ?? (code >= 500 ? ambiguous : rejected), reason };
};
