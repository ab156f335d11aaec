import type { ChannelName } from '@quakewire/core';
import type { Measured, SideName } from './sides/side.ts';

/** One side's medians at one channel, latency and number of endpoints. */
export interface SideResult extends Measured {
  side: SideName;
  /** Calls at the same time in a bare loop, workers otherwise. */
  concurrency: number;
  /** Processor time of the other processes meanwhile. */
  sinksCpuMs: number;
  tablesCpuMs: number;
}

export interface Comparison {
  channel: ChannelName;
  latencyMs: number;
  endpoints: number;
  results: SideResult[];
}

export const targets = { ofLimit: 0.8, cpuAboveMs: 0.1 };

export const perSecond = ({ sends, wallMs }: Measured): number => (1000 * sends) / wallMs;
const cpuEach = ({ sends, cpuMs }: Measured): number => cpuMs / sends;
const isBare = ({ side }: SideResult): boolean => side === 'library' || side === 'channel';

/** The faster and the cheaper of the two bare loops: the machine's limit, and what a call costs at least. */
export function judge({ results }: Comparison): { ofLimit: number; cpuAboveMs: number; isKept: boolean } {
  const bare = results.filter(isBare);
  const ours = results.find(({ side }) => side === 'ours');
  if (!ours || bare.length === 0) throw new Error('ours or the bare loops were not measured');
  const ofLimit = perSecond(ours) / Math.max(...bare.map(perSecond));
  const cpuAboveMs = cpuEach(ours) - Math.min(...bare.map(cpuEach));
  return { ofLimit, cpuAboveMs, isKept: ofLimit >= targets.ofLimit && cpuAboveMs <= targets.cpuAboveMs };
}

/** The table of one comparison. */
export function formatComparison(comparison: Comparison): string {
  const { channel, latencyMs, endpoints, results } = comparison;
  const bare = results.filter(isBare);
  const limit = Math.max(...bare.map(perSecond));
  const cheapest = Math.min(...bare.map(cpuEach));
  const line = (result: SideResult): string => {
    const { side, concurrency, sends, peakMb, sinksCpuMs, tablesCpuMs } = result;
    const cells = [
      `  ${side}`.padEnd(16),
      `${concurrency} ${isBare(result) ? 'calls' : 'workers'}`.padStart(12),
      perSecond(result).toFixed(0).padStart(10),
      (perSecond(result) / limit).toFixed(2).padStart(10),
      cpuEach(result).toFixed(3).padStart(13),
      (cpuEach(result) - cheapest).toFixed(3).padStart(13),
      (sinksCpuMs / sends).toFixed(3).padStart(11),
      (tablesCpuMs / sends).toFixed(3).padStart(11),
      peakMb.toFixed(0).padStart(9),
    ];
    return cells.join('');
  };
  const { ofLimit, cpuAboveMs } = judge(comparison);
  const missed = [
    ...(ofLimit < targets.ofLimit ? [`MISSED: ${ofLimit.toFixed(2)} of the limit, ${targets.ofLimit} wanted`] : []),
    ...(cpuAboveMs > targets.cpuAboveMs
      ? [`MISSED: ${cpuAboveMs.toFixed(3)} ms above the cheapest loop, ${targets.cpuAboveMs} wanted`]
      : []),
  ];
  return [
    `${channel}, ${endpoints.toLocaleString('en')} endpoints, sinks answer after ${latencyMs} ms`,
    '                 at one time  a second  of limit  CPU ms each  above loops  sinks CPU  tables CPU  peak MB',
    ...results.map(line),
    ...missed.map((text) => `  ${text}`),
  ].join('\n');
}
