import type * as z from 'zod';
import { invalidRequest } from './aws-error.ts';

/** The request as its schema has it; what does not fit is refused by name, as AWS does. */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidRequest(parsed.error);
  return parsed.data;
}
