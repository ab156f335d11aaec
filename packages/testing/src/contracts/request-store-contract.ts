import type { Approval, EndedRequest, OperatorRequest, RequestStore, Withdrawal } from '@quakewire/core';
import { anApproval, aRequest, operators } from '../builders.ts';

/** What the port `RequestStore` promises, for any implementation. Each test gets an empty store. */
export function requestStoreContract(name: string, create: () => Promise<RequestStore>): void {
  const [ana, ion] = operators;
  const withdrawal = (requestId: string): Withdrawal => ({
    ...{ schema: 1, requestId, withdrawnBy: ion, withdrawnAtMs: 1_745_401_900_000 },
  });
  const dispatched = (request: OperatorRequest, approval?: Approval): EndedRequest => ({
    ...{ id: request.id, request, ...(approval && { approval }), endedAtMs: 1_745_401_901_000 },
    end: { what: 'dispatched', earthquakeId: 'eq1', seq: 1 },
  });

  describe(`${name} keeps the contract of the request store`, () => {
    it('is empty at first', async () => {
      const store = await create();
      expect([await store.listOpen(), await store.listEnded(5)]).toEqual([[], []]);
    });

    it('lists what was asked for, once, until it is ended', async () => {
      const store = await create();
      const [one, two] = [aRequest({ id: 'request-1' }), aRequest({ id: 'request-2' })];
      expect([await store.put(two), await store.put(one)]).toEqual([true, true]);
      expect(await store.put({ ...one, requestedAtMs: 1 })).toBe(false);
      expect(await store.listOpen()).toEqual([
        { id: one.id, request: one },
        { id: two.id, request: two },
      ]);
      await store.end(dispatched(one));
      expect(await store.listOpen()).toEqual([{ id: two.id, request: two }]);
      expect(await store.listEnded(5)).toEqual([dispatched(one)]);
    });

    it('takes one approval, by another principal', async () => {
      const store = await create();
      const request = aRequest();
      await store.put(request);
      expect(await store.approve(anApproval({ request, approvedBy: ana }))).toBe(false);
      expect(await store.listOpen()).toEqual([{ id: request.id, request }]);
      expect(await store.approve(anApproval({ request, approvedBy: ion }))).toBe(true);
      const [, , third] = operators;
      expect(await store.approve(anApproval({ request, approvedBy: third }))).toBe(false);
      expect(await store.listOpen()).toEqual([
        { id: request.id, request, approval: anApproval({ request, approvedBy: ion }) },
      ]);
    });

    it('hands out what each wrote: whether an approval is of this very request is judged by its reader', async () => {
      const store = await create();
      const request = aRequest();
      await store.put(request);
      const approval = anApproval({ request: { ...request, requestedAtMs: request.requestedAtMs + 1 } });
      expect(await store.approve(approval)).toBe(true);
      expect(await store.listOpen()).toEqual([{ id: request.id, request, approval }]);
    });

    it('is withdrawn by anybody, approved or not', async () => {
      const store = await create();
      const request = aRequest();
      await store.put(request);
      expect(await store.withdraw(withdrawal(request.id))).toBe(true);
      expect(await store.listOpen()).toEqual([{ id: request.id, request, withdrawal: withdrawal(request.id) }]);
    });

    it('knows nothing of what is not open', async () => {
      const store = await create();
      const request = aRequest();
      expect(await store.approve(anApproval({ request }))).toBe(false);
      expect(await store.withdraw(withdrawal(request.id))).toBe(false);
      await store.put(request);
      await store.end(dispatched(request));
      expect(await store.approve(anApproval({ request }))).toBe(false);
      expect(await store.withdraw(withdrawal(request.id))).toBe(false);
      expect(await store.listOpen()).toEqual([]);
    });

    it('keeps how a request ended first, with its proofs, the newest first', async () => {
      const store = await create();
      const requests = ['request-1', 'request-2', 'request-3'].map((id) => aRequest({ id }));
      for (const request of requests) {
        await store.put(request);
        await store.end(dispatched(request, anApproval({ request })));
        await store.end({ ...dispatched(request), end: { what: 'expired' } });
      }
      const [, two, three] = requests;
      expect(await store.listEnded(2)).toEqual(
        [three, two].flatMap((request) => (request ? [dispatched(request, anApproval({ request }))] : [])),
      );
    });
  });
}
