import { readFileSync, writeFileSync } from 'node:fs';
import { type Artifact, artifactSchema } from '@quakewire/deployment';
import { InputError } from '@quakewire/scaling';
import * as z from 'zod';

/** Name of the variable file in every folder and bucket. */
export const artifactsName = 'artifacts.auto.tfvars.json';

const schema = z.strictObject({ artifacts: z.record(z.string(), artifactSchema) });

/** @throws {InputError} Naming the field: a file edited by hand must not decide which code runs. */
export function parseArtifacts(name: string, text: string): Record<string, Artifact> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new InputError(`${name} is not JSON: build and upload anew`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data.artifacts;
  const [issue] = parsed.error.issues;
  throw new InputError(`${name}: ${issue?.path.map(String).join('.') || 'content'}: ${issue?.message}`);
}

export function readArtifacts(file: string): Record<string, Artifact> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); check the path`);
  }
  return parseArtifacts(file, text);
}

export const serialiseArtifacts = (artifacts: Readonly<Record<string, Artifact>>): string =>
  `${JSON.stringify({ artifacts }, null, 2)}\n`;

export const writeArtifacts = (file: string, artifacts: Readonly<Record<string, Artifact>>): void =>
  writeFileSync(file, serialiseArtifacts(artifacts));
