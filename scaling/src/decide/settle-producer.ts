import { up } from './integer.ts';
import type { Policy } from './policy.ts';
import { targetProducerMemoryMb } from './producer-size.ts';
import type { Reason } from './reason.ts';
import { remember, type Settled, settle } from './settle.ts';
import { type SizedChannel, totalActive } from './sized-channel.ts';

export interface SettledProducer {
  memoryMb: number;
  /** Targets for the agreement of later runs. */
  targets: number[];
  reasons: Reason[];
}

/** Sizes the producer; while a channel is held its share is unknown, so the producer only grows. */
export function settleProducer(
  channels: readonly SizedChannel[],
  policy: Policy,
  current: number | null,
  earlierTargets: readonly number[],
): SettledProducer {
  const units = channels.flatMap(({ demand, capacity }) => {
    const endpointsPerWorker = up(capacity.segmentEndpoints, capacity.maxWorkersPerSegment);
    return demand === null ? [] : [{ served: demand.served, endpointsPerWorker }];
  });
  const target = targetProducerMemoryMb(policy, units, totalActive(channels));
  if (channels.some((channel) => channel.demand === null)) {
    const memoryMb = Math.max(target, current ?? 0);
    const code = memoryMb > (current ?? memoryMb) ? 'GROW' : null;
    return { memoryMb, targets: [], reasons: explain({ chosen: memoryMb, code }, target, current) };
  }
  const settled = settle({ current, need: target, target, earlierTargets, policy });
  const targets = remember(earlierTargets, target, policy);
  return { memoryMb: settled.chosen, targets, reasons: explain(settled, target, current) };
}

function explain({ chosen, code }: Settled, target: number, current: number | null): Reason[] {
  if (code === null || current === null) return [];
  return [{ code, field: 'producerMemoryMb', target, current, chosen }];
}
