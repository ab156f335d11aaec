import * as z from 'zod';
import { fieldOf } from './field-of.ts';
import { parseJson } from './parse-json.ts';

/** Every value is text. At rest `mag` is 0.1 and `sec` 30. */
const messageSchema = z.object({
  mag: z
    .string()
    .regex(/^\d{1,2}(\.\d{1,2})?$/)
    .transform(Number)
    .pipe(z.number().max(10)),
  /** Seconds until the S wave arrives in Bucharest. */
  sec: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number),
  /** A time of day without a zone: a sign of life, never the time of anything. */
  heart: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)
    .max(60),
});
export type InfpMessage = z.infer<typeof messageSchema>;

/** What the stream says when its key is no longer valid. */
const refusalSchema = z.object({ err: z.unknown() }).refine(({ err }) => err !== undefined);

export type InfpParsed = { message: InfpMessage } | { rejected: string } | 'keyRefused';

/** Parses the data of one event of INFP's stream; a rejection names the field. */
export function parseInfpMessage(text: string): InfpParsed {
  const value = parseJson(text);
  if (refusalSchema.safeParse(value).success) return 'keyRefused';
  const message = messageSchema.safeParse(value);
  return message.success ? { message: message.data } : { rejected: fieldOf(message.error) };
}
