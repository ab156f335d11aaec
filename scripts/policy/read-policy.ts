import { readFile } from 'node:fs/promises';
import { type AlertPolicy, parsePolicy } from '@quakewire/core';
import { parseDocument } from 'yaml';

/** @throws Error that names the file and the line, or the field and what is wrong with it. */
export async function readPolicyFile(path: string): Promise<AlertPolicy> {
  const document = parseDocument(await readFile(path, 'utf8'), { uniqueKeys: true });
  const [fault] = document.errors;
  if (fault) throw new Error(`${path} is not YAML: ${fault.message.split('\n')[0]}`);
  try {
    return parsePolicy(document.toJS({ maxAliasCount: 0 }));
  } catch (error) {
    throw new Error(`${path} is refused: ${(error as Error).message}`);
  }
}
