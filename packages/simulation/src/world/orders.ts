import { type Fault, faultsOf } from '../faults.ts';
import type { Scenario } from '../scenario.ts';
import type { Order, Orders } from './producer.ts';

/** The first alert at once; what comes in between as the faults say, numbered in the order of its time. */
export function createOrders(scenario: Scenario, faults: readonly Fault[]): Orders & { isOver(): boolean } {
  const { type, exercise, usefulMs } = scenario;
  const shared = { exercise, usefulMs };
  const later = [...faultsOf(faults, 'update'), ...faultsOf(faults, 'cancel')].sort((a, b) => a.atMs - b.atMs);
  const all: Order[] = [
    { ...shared, type, atMs: 500, earthquakeId: 'eq1', seq: 1, kind: 'alert' },
    ...later.map(({ kind, atMs }, at): Order => ({ ...shared, type, atMs, earthquakeId: 'eq1', seq: at + 2, kind })),
    ...faultsOf(faults, 'several-runs').map(
      (other, at): Order => ({
        ...{ ...shared, exercise: false, usefulMs: 600_000 },
        ...{ atMs: other.atMs, type: other.type, earthquakeId: `eq${at + 2}`, seq: 1, kind: 'alert' },
      }),
    ),
  ];
  const done = new Set<string>();
  const pinned = new Map<string, Record<string, number>>();
  const nameOf = ({ earthquakeId, seq }: Pick<Order, 'earthquakeId' | 'seq'>): string => `${earthquakeId}/${seq}`;

  return {
    all,
    isDone: (order) => done.has(nameOf(order)),
    isReady: ({ earthquakeId, seq }) => seq === 1 || done.has(nameOf({ earthquakeId, seq: seq - 1 })),
    isOver: () => done.size === all.length,
    pinnedMaps: (earthquakeId) => pinned.get(earthquakeId) ?? {},
    async done(order, dispatched) {
      done.add(nameOf(order));
      if (pinned.has(order.earthquakeId)) return;
      const walked = dispatched.flatMap(({ channel, mapVersion }) => (mapVersion ? [[channel, mapVersion]] : []));
      pinned.set(order.earthquakeId, Object.fromEntries(walked));
    },
  };
}
