import { type PolicyStore, startingPolicy, wholeEarth } from '@quakewire/core';

export interface PolicyStoreUnderTest {
  store: PolicyStore;
  /** Stores any document, as a broken tool could. */
  spoil(version: number, document: unknown): Promise<void>;
}

/** What the port `PolicyStore` promises, for any implementation. Each test gets an empty store. */
export function policyStoreContract(name: string, create: () => Promise<PolicyStoreUnderTest>): void {
  const policy = (version: number) => ({
    ...startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } }),
    version,
  });

  describe(`${name} keeps the contract of the policy store`, () => {
    it('is empty at first', async () => {
      expect(await (await create()).store.newest(5)).toEqual([]);
    });

    it('answers the newest versions first, as they were put', async () => {
      const { store } = await create();
      for (const version of [1, 2, 10]) expect(await store.put(policy(version))).toBe(true);
      expect(await store.newest(2)).toEqual([
        { version: 10, document: policy(10) },
        { version: 2, document: policy(2) },
      ]);
    });

    it('writes a version once, and none below the newest', async () => {
      const { store } = await create();
      await store.put(policy(3));
      expect(await store.put({ ...policy(3), largestRadiusKm: 1 })).toBe(false);
      expect(await store.put(policy(2))).toBe(false);
      expect(await store.newest(5)).toEqual([{ version: 3, document: policy(3) }]);
    });

    it('hands out whatever is stored: its readers check it', async () => {
      const { store, spoil } = await create();
      await spoil(4, { nonsense: true });
      expect(await store.newest(1)).toEqual([{ version: 4, document: { nonsense: true } }]);
    });
  });
}
