import type { SizingStore } from '@quakewire/core';
import { aSizing } from '../builders.ts';

export interface SizingSubject {
  store: SizingStore;
  /** Writes the control document as Terraform does, right or wrong. */
  write(control: unknown): Promise<void>;
}

/** What the port `SizingStore` promises, for any implementation. Each test gets an empty store. */
export function sizingStoreContract(name: string, createSubject: () => Promise<SizingSubject>): void {
  describe(`${name} keeps the contract of the sizing store`, () => {
    it('reads what was written last', async () => {
      const { store, write } = await createSubject();
      await write(aSizing());
      expect(await store.read()).toEqual(aSizing());
      await write(aSizing({ activePartitions: 9 }));
      expect((await store.read()).channels.sms?.activePartitions).toBe(9);
    });

    it('throws when none is in force: there is no default', async () => {
      const { store } = await createSubject();
      await expect(store.read()).rejects.toThrow('no sizing is in force');
    });

    it('throws for a malformed one, and names the field', async () => {
      const { store, write } = await createSubject();
      await write(aSizing({ activePartitions: 0 }));
      await expect(store.read()).rejects.toThrow('channels.sms.activePartitions');
    });
  });
}
