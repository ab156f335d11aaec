import { broadcastLanguages } from '@quakewire/core';
import * as z from 'zod';

/** Chat by language, as a JSON object: `{"ro": "@cutremure"}`; `{}` where nothing is posted. */
const chats = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be a JSON object');
      return z.NEVER;
    }
  })
  .pipe(z.partialRecord(z.enum(broadcastLanguages), z.string().min(1)));

/** Variables of every function that issues alerts. */
export const broadcastVariables = {
  ALERT_FILES_BUCKET: z.string().min(1),
  /** The public address of the files, without a slash at its end. */
  ALERT_FILES_URL: z.url().regex(/[^/]$/),
  /** CAP: `sender` knows neither spaces nor commas. */
  CAP_SENDER: z.string().regex(/^[^\s,<&]+$/),
  CAP_SENDER_NAME: z.string().trim().min(1),
  PUBLIC_CHATS: chats,
  /** The secret of the bot that posts; blank where nothing is posted. */
  TELEGRAM_SECRET_ARN: z.string(),
  /** Blank: Telegram's own address. */
  TELEGRAM_BASE_URL: z.union([z.literal(''), z.url()]),
};

/** What that secret holds, the consumer's own. */
export const botSecretSchema = z.strictObject({ botToken: z.string().min(1) });

/** Whether the bot is needed at all. */
export const isPosting = ({ PUBLIC_CHATS }: BroadcastEnvironment): boolean => Object.keys(PUBLIC_CHATS).length > 0;

export type BroadcastEnvironment = z.infer<z.ZodObject<typeof broadcastVariables>>;
