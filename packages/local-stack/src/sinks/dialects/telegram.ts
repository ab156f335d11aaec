import { type Dialect, json, type SinkAnswer } from './dialect.ts';

const sendMessagePath = /^\/bot([^/]+)\/sendMessage$/i;

/** https://core.telegram.org/bots/api#making-requests */
const refuse = (code: number, description: string, parameters?: Record<string, unknown>): SinkAnswer =>
  json(code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });

const parse = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const bodyError = ({ chat_id: chatId, text }: Record<string, unknown>): SinkAnswer | undefined => {
  if (chatId === undefined || chatId === '') return refuse(400, 'Bad Request: chat_id is empty');
  if (!/^(-?\d+|@\w+)$/.test(String(chatId))) return refuse(400, 'Bad Request: chat not found');
  if (typeof text !== 'string' || text === '') return refuse(400, 'Bad Request: message text is empty');
  return text.length > 4096 ? refuse(400, 'Bad Request: message is too long') : undefined;
};

/** The Bot API's sendMessage: https://core.telegram.org/bots/api#sendmessage */
export const telegramDialect: Dialect = {
  understand(request) {
    if (request.method !== 'POST' || !sendMessagePath.test(request.path)) {
      return { kind: 'malformed', answer: refuse(404, 'Not Found') };
    }
    const body = parse(request.body);
    const answer = bodyError(body);
    return answer
      ? { kind: 'malformed', answer }
      : { kind: 'message', to: String(body.chat_id), text: String(body.text) };
  },
  messageId: (number) => String(number),
  accepted({ to, messageId, request }) {
    const chatId = Number(to);
    return json(200, {
      ok: true,
      result: {
        message_id: Number(messageId),
        from: { id: 1, is_bot: true, first_name: 'quakewire', username: 'quakewire_bot' },
        chat: { id: Number.isNaN(chatId) ? to : chatId, type: 'private' },
        date: Math.floor(Date.now() / 1000),
        text: parse(request.body).text,
      },
    });
  },
  rejected: () => refuse(403, 'Forbidden: bot was blocked by the user'),
  throttled(waitMs) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    return refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  },
  failed: () => refuse(500, 'Internal Server Error'),
};
