import type { EndedRequest, OpenRequest, RequestStore } from '@quakewire/core';

export function createInMemoryRequests(): RequestStore {
  const open = new Map<string, OpenRequest>();
  const ended = new Map<string, EndedRequest>();
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

  return {
    async put(request) {
      if (open.has(request.id) || ended.has(request.id)) return false;
      open.set(request.id, structuredClone({ id: request.id, request }));
      return true;
    },
    async approve(approval) {
      const known = open.get(approval.request.id);
      const isOwn = known?.request?.requestedBy.userId === approval.approvedBy.userId;
      if (!known || known.approval || isOwn) return false;
      open.set(known.id, structuredClone({ ...known, approval }));
      return true;
    },
    async withdraw(withdrawal) {
      const known = open.get(withdrawal.requestId);
      if (!known) return false;
      open.set(known.id, structuredClone({ ...known, withdrawal }));
      return true;
    },
    listOpen: async () => structuredClone([...open.values()].sort(byId)),
    async end(request) {
      open.delete(request.id);
      if (!ended.has(request.id)) ended.set(request.id, structuredClone(request));
    },
    listEnded: async (count) => structuredClone([...ended.values()].sort(byId).reverse().slice(0, count)),
  };
}
