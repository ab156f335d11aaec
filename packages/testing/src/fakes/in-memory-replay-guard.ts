import type { ReplayGuard } from '@quakewire/core';

export interface InMemoryReplayGuard extends ReplayGuard {
  readonly admitted: ReadonlySet<string>;
}

export function createInMemoryReplayGuard(): InMemoryReplayGuard {
  const admitted = new Set<string>();
  return {
    admitted,
    async admit(digest) {
      if (admitted.has(digest)) return false;
      admitted.add(digest);
      return true;
    },
  };
}
