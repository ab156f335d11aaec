import { mbPerVcpu } from './demand.ts';
import { down, sum, up } from './integer.ts';
import type { Policy } from './policy.ts';

/** Memory steps of the producer; a whole vCPU more is worth one thread more. */
const memorySteps = [
  { memoryMb: 512, threads: 1 },
  { memoryMb: 1_024, threads: 1 },
  { memoryMb: 1_769, threads: 1 },
  { memoryMb: 3_538, threads: 2 },
  { memoryMb: 5_307, threads: 3 },
  { memoryMb: 7_076, threads: 4 },
  { memoryMb: 8_845, threads: 5 },
  { memoryMb: 10_240, threads: 6 },
];
/** A whole dispatch within 30 s: a tenth of the default SLO and far inside a producer loop of 840 s. */
const dispatchSeconds = 30;
/** The first wave, one unit a worker, within 200 ms. */
const firstWavesPerSecond = 5;

export const smallestProducerMemoryMb = 512;

export interface UnitsOfChannel {
  served: number;
  endpointsPerWorker: number;
}

/**
 * The smallest producer that dispatches an alert for everyone in time. A unit is one record to one worker.
 * @param channels Every channel that is not held.
 * @param activePartitions Of all channels in the policy, held ones too.
 */
export function targetProducerMemoryMb(policy: Policy, channels: UnitsOfChannel[], activePartitions: number): number {
  const units = sum(channels.map(({ served, endpointsPerWorker }) => up(served, endpointsPerWorker)));
  const perSecond = Math.max(up(units, dispatchSeconds), firstWavesPerSecond * activePartitions);
  const carries = (memoryMb: number) => down(memoryMb * policy.unitsPerSecondPerVcpu, mbPerVcpu) >= perSecond;
  const step = memorySteps.find(({ memoryMb }) => carries(memoryMb)) ?? memorySteps[memorySteps.length - 1];
  return (step as { memoryMb: number }).memoryMb;
}

export function producerThreads(memoryMb: number): number {
  return memorySteps.findLast((step) => step.memoryMb <= memoryMb)?.threads ?? 1;
}

/** One step smaller, or the same when there is none. */
export function smallerProducerMemoryMb(memoryMb: number): number {
  return memorySteps.findLast((step) => step.memoryMb < memoryMb)?.memoryMb ?? memoryMb;
}
