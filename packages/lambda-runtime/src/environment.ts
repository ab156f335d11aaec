import * as z from 'zod';

/** A variable that must say something: blank counts as missing, before any coercion can turn it into 0. */
export const text = z.string().trim().min(1);
/** A whole number written as text, e.g. `840`. */
export const wholeNumber = text.regex(/^\d+$/, 'must be a whole number').transform(Number);
/** `true` or `false`, nothing else. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
/** A comma-separated list with at least one entry. */
export const list = text.transform((value) => value.split(',').map((entry) => entry.trim()));

/**
 * Parses a function's variables once, at cold start.
 * @throws Error that names every variable that is missing or wrong, never a value.
 */
export function parseEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  variables: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(variables);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const value = variables[name];
    return `${name} ${value === undefined ? 'is missing' : value.trim() === '' ? 'is blank' : 'is not valid'}`;
  });
  throw new Error(`the environment is not usable: ${[...new Set(problems)].join('; ')}`);
}

/** Variables that every function has. */
export const commonVariables = {
  QUAKEWIRE_ENVIRONMENT: text,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
};
