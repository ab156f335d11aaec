import { ActError } from './act-error.ts';
import { type Tfvars, tfvarsSchema } from './tfvars.ts';

/**
 * Parses the text of a scaling file.
 * @throws {ActError} When it is damaged or edited into something else: then nothing may be applied.
 */
export function parseTfvars(text: string): Tfvars {
  const remedy = 'restore its last good version; nothing was applied';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ActError(`the scaling file is not JSON: ${remedy}`);
  }
  const parsed = tfvarsSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ActError(`the scaling file: ${issue?.path.join('.') || 'content'}: ${issue?.message}; ${remedy}`);
}
