import { type SizingInForce, type SizingStore, sizingInForceSchema } from '@quakewire/core';

export interface InMemorySizingStore extends SizingStore {
  /** Puts another sizing in force, as an apply does. */
  set(sizing: SizingInForce): void;
}

export function createInMemorySizingStore(initial?: SizingInForce): InMemorySizingStore {
  let inForce = initial;
  return {
    async read() {
      if (!inForce) throw new Error('no sizing is in force');
      return sizingInForceSchema.parse(structuredClone(inForce));
    },
    set: (sizing) => {
      inForce = sizing;
    },
  };
}
