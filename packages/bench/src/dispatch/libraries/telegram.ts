import { Agent } from 'node:http';
import type { MessageText } from '@quakewire/core';
import { Telegram } from 'telegraf';
import { account } from '../provider-account.ts';
import type { BareLibrary } from './bare-library.ts';

export function createBareTelegram({ text }: MessageText, baseUrl: string): BareLibrary {
  const telegram = new Telegram(account.botToken, { apiRoot: baseUrl });
  // Not by the constructor: that drops the agent of a plain http address.
  telegram.options.agent = new Agent({ keepAlive: true });
  return async (address) => {
    await telegram.sendMessage(address, text, { link_preview_options: { is_disabled: true } });
  };
}
