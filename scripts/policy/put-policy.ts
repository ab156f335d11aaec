import type { PolicyStore } from '@quakewire/core';
import { readPolicyFile } from './read-policy.ts';

/**
 * Checks a policy and puts it in force.
 * @throws Error, with nothing written, when it is refused or its version exists.
 */
export async function putPolicy(file: string, store: Pick<PolicyStore, 'put'>): Promise<string> {
  const policy = await readPolicyFile(file);
  if (await store.put(policy)) return `Policy ${policy.version} is stored; the producer takes it within 5 s.\n`;
  throw new Error(`Version ${policy.version} or a newer one is stored already: raise \`version\` and put it again.`);
}
