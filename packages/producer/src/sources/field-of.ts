import type * as z from 'zod';

/** The field that a schema refused, e.g. `properties.mag`; never its value. */
export const fieldOf = (error: z.ZodError): string => error.issues[0]?.path.join('.') || '(whole message)';
