import { ActError } from './act-error.ts';
import { readTextIfThere } from './text-file.ts';
import { type Tfvars, tfvarsSchema } from './tfvars.ts';

/**
 * Reads the sizing in force, or null when there is no file.
 * @throws {ActError} When the file is damaged or edited into something else: then nothing may be applied.
 */
export function readTfvars(file: string): Tfvars | null {
  const text = readTextIfThere(file);
  if (text === null) return null;
  const remedy = 'restore its last good version; nothing was applied';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ActError(`${file} is not JSON: ${remedy}`);
  }
  const parsed = tfvarsSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ActError(`${file}: ${issue?.path.join('.') || 'content'}: ${issue?.message}; ${remedy}`);
}
