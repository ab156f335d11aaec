import { type SizingInForce, type SizingStore, sizingInForceSchema } from '@quakewire/core';

export interface InMemorySizingStore extends SizingStore {
  /** Puts a sizing in force, right or wrong, as an apply does. */
  write(control: unknown): Promise<void>;
}

export function createInMemorySizingStore(initial?: SizingInForce): InMemorySizingStore {
  let inForce: unknown = initial;
  return {
    async read() {
      if (!inForce) throw new Error('no sizing is in force');
      const result = sizingInForceSchema.safeParse(inForce);
      if (result.success) return result.data;
      throw new Error(`the sizing in force is malformed: check ${result.error.issues[0]?.path.join('.')}`);
    },
    async write(control) {
      inForce = control;
    },
  };
}
