import type { EndpointCountStore } from '@quakewire/core';

/** What the port `EndpointCountStore` promises, for any implementation. Each test gets an empty store. */
export function endpointCountsContract(name: string, createStore: () => Promise<EndpointCountStore>): void {
  describe(`${name} keeps the contract of the endpoint counts`, () => {
    it('knows no count before the first: that is not zero', async () => {
      const store = await createStore();
      expect(await store.read('sms')).toBeUndefined();
      await store.write('sms', { byCountry: {}, countedAtMs: 1 });
      expect(await store.read('sms')).toEqual({ byCountry: {}, countedAtMs: 1 });
    });

    it('is set as a whole, so that counting again changes nothing', async () => {
      const store = await createStore();
      await store.write('sms', { byCountry: { TR: 3, RO: 1 }, countedAtMs: 1 });
      await store.write('sms', { byCountry: { TR: 3 }, countedAtMs: 2 });
      await store.write('sms', { byCountry: { TR: 3 }, countedAtMs: 2 });
      expect(await store.read('sms')).toEqual({ byCountry: { TR: 3 }, countedAtMs: 2 });
    });

    it('never goes back to an older count: one that was slow to be written is dropped', async () => {
      const store = await createStore();
      await store.write('sms', { byCountry: { TR: 5 }, countedAtMs: 9 });
      await store.write('sms', { byCountry: { TR: 4 }, countedAtMs: 8 });
      expect(await store.read('sms')).toEqual({ byCountry: { TR: 5 }, countedAtMs: 9 });
    });

    it('keeps channels apart', async () => {
      const store = await createStore();
      await store.write('sms', { byCountry: { TR: 5 }, countedAtMs: 9 });
      expect(await store.read('email')).toBeUndefined();
    });
  });
}
