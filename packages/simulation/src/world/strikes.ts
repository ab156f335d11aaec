import { type Fault, type FaultOf, faultsOf, type Role } from '../faults.ts';

export type Strike = FaultOf<'crash'> | FaultOf<'pause'>;

/** Counts calls and tells which one a process dies or freezes at. */
export interface Strikes {
  /** Counts one call. @param nth the call's number in its process, from 1. */
  next(role: Role, process: number, nth: number, method: string): Strike | undefined;
}

export function createStrikes(faults: readonly Fault[]): Strikes {
  const byCall = new Map<string, Strike>();
  for (const strike of [...faultsOf(faults, 'crash'), ...faultsOf(faults, 'pause')]) {
    const { spot } = strike;
    const place = 'method' in spot ? spot.method : spot.process;
    byCall.set(`${spot.role}/${place}/${spot.nth}`, strike);
  }
  if (byCall.size === 0) return { next: () => undefined };
  const calls: Record<Role, Map<string, number>> = { consumer: new Map(), producer: new Map(), aside: new Map() };
  const longestCount = Math.max(...[...byCall.values()].map(({ spot }) => spot.nth));
  return {
    next(role, process, nth, method) {
      const ofMethod = (calls[role].get(method) ?? 0) + 1;
      calls[role].set(method, ofMethod);
      const ofProcess = nth <= longestCount ? byCall.get(`${role}/${process}/${nth}`) : undefined;
      return ofProcess ?? (ofMethod <= longestCount ? byCall.get(`${role}/${method}/${ofMethod}`) : undefined);
    },
  };
}
