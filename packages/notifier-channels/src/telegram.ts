import type { Agent, ClientRequest } from 'node:http';
import type { Channel, Delivery } from '@quakewire/core';
import { Telegram, TelegramError } from 'telegraf';
import { deliveryBy } from './error-rule.ts';
import { createAgents } from './http/agents.ts';
import { deliveryWithoutAnswer, NoAnswer } from './http/no-answer.ts';
import { watchWritten } from './http/watch-written.ts';
import { telegramRule } from './telegram-errors.ts';

export interface TelegramChannelOptions {
  botToken: string;
  /** Another origin than Telegram's own, for local work or a Bot API server of one's own. */
  baseUrl?: string;
}

/** The library's own extension point for connections, as Node calls it. */
interface AgentInternals extends Agent {
  addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/** The same agent, with one more look at each request that is given to it. */
const watchedAgent = (agent: Agent, onRequest: (request: ClientRequest) => void): Agent =>
  Object.assign(Object.create(agent) as AgentInternals, {
    addRequest(request: ClientRequest, ...rest: unknown[]) {
      onRequest(request);
      (agent as AgentInternals).addRequest(request, ...rest);
    },
  });

const deliveryByError = (error: unknown, isWritten: boolean): Delivery => {
  if (!(error instanceof TelegramError)) return deliveryWithoutAnswer(new NoAnswer(error, isWritten));
  const { rule, reason } = telegramRule(error.code, error.description);
  const waitSeconds = error.parameters?.retry_after;
  return deliveryBy(rule, reason, waitSeconds === undefined ? undefined : waitSeconds * 1000);
};

/** Telegram messages by the Bot API. The library repeats nothing; its client is made per message to watch one request. */
export const createTelegramChannel = ({ botToken, baseUrl }: TelegramChannelOptions): Channel => {
  const apiRoot = baseUrl || 'https://api.telegram.org';
  const agents = createAgents();
  const agent = apiRoot.startsWith('http:') ? agents.http : agents.https;

  return {
    name: 'telegram',
    async deliver({ address, message, isSilent = false }, signal) {
      if (signal.aborted) return deliveryWithoutAnswer(new NoAnswer(signal.reason, false));
      let isWritten = () => false;
      const client = new Telegram(botToken, { apiRoot });
      // Not by the constructor: that drops the agent of a plain http address.
      client.options.agent = watchedAgent(agent, (request) => {
        isWritten = watchWritten(request);
      });
      try {
        const sent = await client.callApi(
          'sendMessage',
          {
            chat_id: address,
            text: message.text,
            disable_notification: isSilent,
            link_preview_options: { is_disabled: true },
          },
          { signal: signal as never },
        );
        return { outcome: 'accepted', messageId: String(sent.message_id) };
      } catch (error) {
        return deliveryByError(error, isWritten());
      }
    },
  };
};
