import type { EndpointDirectory } from '@quakewire/core';
import type { Baseline, BaselinePorts } from './baseline.ts';
import { createItemLock } from './item-lock/item-lock.ts';
import type { ItemLocks } from './item-lock/item-locks.ts';
import type { SegmentLeases } from './segment-lock/segment-leases.ts';
import { createSegmentLock, type SegmentLockPorts } from './segment-lock/segment-lock.ts';

export const designs = ['item-lock', 'segment-lock'] as const;
export type Design = (typeof designs)[number];

/** Every store of both designs. */
export interface BaselineStores extends Pick<BaselinePorts, 'runs' | 'maps'> {
  locks: ItemLocks;
  leases: SegmentLeases;
  ledger: SegmentLockPorts['ledger'];
  endpoints: Pick<EndpointDirectory, 'readRange'>;
}

type OtherPorts = Omit<BaselinePorts, keyof BaselineStores>;

export const createBaseline = (design: Design, stores: BaselineStores, ports: OtherPorts): Baseline =>
  design === 'item-lock' ? createItemLock({ ...stores, ...ports }) : createSegmentLock({ ...stores, ...ports });
