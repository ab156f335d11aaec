import type { ChannelName } from '@quakewire/core';

/** Every kind of fault, by the name that `--only` takes. */
export const faultKinds = [
  'lost',
  'delayed',
  'duplicated',
  'reordered',
  'crash',
  'pause',
  'clocks',
  'conflicts',
  'throttles',
  'ambiguous',
  'stale',
  'provider-timeouts',
  'provider-throttles',
  'provider-errors',
  'slow-answers',
  'two-producers',
  'new-map',
  'new-sizing',
  'update',
  'cancel',
  'stop',
  'several-runs',
  'bulletins',
  'receipts',
  'replay',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A call of a process: its n-th of all, or the n-th of one method over all processes; from 1. */
export type Spot = { role: Role; process: number; nth: number } | { role: Role; method: string; nth: number };
/** `aside` = whoever records receipts or replays dead letters. */
export type Role = 'consumer' | 'producer' | 'aside';

/** What a store does to one call. */
export type Ambiguity =
  /** Applied, the answer lost; the retry by the client library finds it applied. */
  | 'answerLost'
  /** Applied, and no later call tells. */
  | 'appliedUnreachable'
  | 'unreachable'
  /** Given up and read as not applied, and applied after that. */
  | 'appliedLate';

/** One thing that goes wrong, or comes in between, in one simulation. Times in milliseconds since its beginning. */
export type Fault =
  | { kind: 'lost'; record: number }
  | { kind: 'delayed'; record: number; byMs: number }
  | { kind: 'duplicated'; record: number; afterMs: number }
  | { kind: 'reordered'; record: number }
  | { kind: 'crash'; spot: Spot; when: 'before' | 'after' }
  | { kind: 'pause'; spot: Spot; when: 'before' | 'after'; forMs: number; clockStops: boolean }
  | { kind: 'clocks'; role: Role; process: number; offsetMs: number; storeOffsetMs: number }
  | { kind: 'conflicts'; method: string; nth: number; byMs: number }
  | { kind: 'throttles'; fromMs: number; forMs: number; share: number }
  | { kind: 'ambiguous'; method: string; nth: number; as: Ambiguity }
  | { kind: 'stale'; share: number; byMs: number }
  | { kind: 'provider-timeouts'; fromMs: number; forMs: number; share: number; accepts: number }
  | { kind: 'provider-throttles'; fromMs: number; forMs: number; share: number; retryAfterMs?: number }
  | { kind: 'provider-errors'; fromMs: number; forMs: number; share: number; retryAfterMs?: number }
  | { kind: 'slow-answers'; fromMs: number; forMs: number; share: number; byMs: number }
  | { kind: 'two-producers'; atMs: number }
  | { kind: 'new-map'; atMs: number; pageEndpoints: number; segmentEndpoints: number }
  | { kind: 'new-sizing'; atMs: number; maxWorkersPerSegment: number; ratePerSecond: number; activePartitions: number }
  | { kind: 'update'; atMs: number }
  | { kind: 'cancel'; atMs: number }
  | { kind: 'stop'; atMs: number; share: number; channel: ChannelName }
  | { kind: 'several-runs'; atMs: number; type: 'earlyWarning' | 'notification' }
  | { kind: 'bulletins'; atMs: number; laterMs: number; later: 'stronger' | 'deleted' }
  /** Receipts for a share of what was accepted, some of failure, some of them said again and otherwise. */
  | { kind: 'receipts'; share: number; undelivered: number; again: number; withinMs: number }
  | { kind: 'replay'; atMs: number };

export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

export const faultsOf = <Kind extends FaultKind>(faults: readonly Fault[], kind: Kind): FaultOf<Kind>[] =>
  faults.filter((fault): fault is FaultOf<Kind> => fault.kind === kind);
