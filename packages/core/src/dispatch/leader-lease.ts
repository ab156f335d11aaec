/** Who leads the producer: one item, judged by durations only (see the slots of the rate budget). */
export interface LeaseRecord {
  owner: string | undefined;
  /** Fencing token: grows with every change of holder. */
  epoch: number;
  /** Grows with every renewal. */
  beat: number;
}

export interface LeaderLease {
  read(): Promise<LeaseRecord | undefined>;
  /** Takes the lease if it is still as `seen` (undefined: no item yet). Undefined when another was first. */
  take(seen: LeaseRecord | undefined, owner: string): Promise<LeaseRecord | undefined>;
  /** Undefined when the lease is no longer mine. */
  renew(mine: LeaseRecord): Promise<LeaseRecord | undefined>;
  release(mine: LeaseRecord): Promise<void>;
}
