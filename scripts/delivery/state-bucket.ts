import { readFileSync } from 'node:fs';
import { InputError } from '@quakewire/scaling';

/** Bucket that holds the states, the scaling file and reviewed changes, as the environment's backend settings name it. */
export function readStateBucket(environmentFolder: string): string {
  const file = `${environmentFolder}/pipeline.s3.tfbackend`;
  let settings: string;
  try {
    settings = readFileSync(file, 'utf8');
  } catch {
    throw new InputError(`${file} cannot be read: is --environment right?`);
  }
  const bucket = /^\s*bucket\s*=\s*"([^"]+)"/m.exec(settings)?.[1];
  if (bucket === undefined) throw new InputError(`${file} names no bucket`);
  return bucket;
}
