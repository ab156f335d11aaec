import type { PolicyStore, StoredPolicy } from '@quakewire/core';

export interface InMemoryPolicyStore extends PolicyStore {
  /** Stores any document, as a broken tool could. */
  spoil(version: number, document: unknown): Promise<void>;
}

export function createInMemoryPolicyStore(): InMemoryPolicyStore {
  const stored: StoredPolicy[] = [];
  const newest = (): StoredPolicy[] => stored.toSorted((a, b) => b.version - a.version);
  return {
    newest: async (count) => structuredClone(newest().slice(0, count)),
    async put(policy) {
      if ((newest()[0]?.version ?? 0) >= policy.version) return false;
      stored.push(structuredClone({ version: policy.version, document: policy }));
      return true;
    },
    async spoil(version, document) {
      stored.push({ version, document });
    },
  };
}
