import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { type Observation, observationSchema } from '../decide/observation.ts';
import { parsePolicy } from '../decide/parse-policy.ts';
import type { Policy } from '../decide/policy.ts';
import { type Sizing, sizingSchema } from '../decide/sizing.ts';
import { InputError } from './input-error.ts';

export const readPolicy = (file: string): Policy => parsePolicy(readJson(file));

export const readObservation = (file: string): Observation => readAs(observationSchema, file);

export const readSizing = (file: string): Sizing => readAs(sizingSchema, file);

function readAs<Schema extends z.ZodType>(schema: Schema, file: string): z.output<Schema> {
  const parsed = schema.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${file}: ${issue?.path.map(String).join('.') || 'content'}: ${issue?.message}`);
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); check the path`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${file} is not JSON`);
  }
}
