import type { BroadcastEnvironment, PublicChats } from '@quakewire/broadcast';
import { readSecret } from '@quakewire/lambda-runtime';
import { createTelegramChannel } from '@quakewire/notifier-channels/telegram';
import * as z from 'zod';

/** The account that the consumer of `telegram` sends by. */
export interface TelegramAccount {
  TELEGRAM_SECRET_ARN: string;
  /** Blank: Telegram's own address. */
  TELEGRAM_BASE_URL: string;
}

/** Public chats with the bot that posts there; undefined where there are none. The bot's token is read only then. */
export async function createChats(
  { PUBLIC_CHATS, TELEGRAM_SECRET_ARN, TELEGRAM_BASE_URL }: BroadcastEnvironment & TelegramAccount,
  secrets: Parameters<typeof readSecret>[0],
): Promise<PublicChats | undefined> {
  if (Object.keys(PUBLIC_CHATS).length === 0) return undefined;
  const { botToken } = await readSecret(secrets, TELEGRAM_SECRET_ARN, z.strictObject({ botToken: z.string().min(1) }));
  return { channel: createTelegramChannel({ botToken, baseUrl: TELEGRAM_BASE_URL }), chatOf: PUBLIC_CHATS };
}
