import type { ChannelName } from '@quakewire/core';
import type { Measured, SideName } from './sides/side.ts';

/** One side's medians at one channel, latency and number of endpoints. */
export interface SideResult extends Measured {
  side: SideName;
  /** A bare loop at the rate that ours reached. */
  isPaced: boolean;
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

export const targets = { ofLibrary: 0.8, cpuAboveMs: 0.1 };

export const perSecond = ({ sends, wallMs }: Measured): number => (1000 * sends) / wallMs;
const cpuEach = ({ sends, cpuMs }: Measured): number => cpuMs / sends;
const isBare = ({ side }: SideResult): boolean => side === 'library' || side === 'channel';

function resultOf({ results }: Comparison, side: SideName, isPaced = false): SideResult {
  const found = results.find((result) => result.side === side && result.isPaced === isPaced);
  if (!found) throw new Error(`${side} was not measured`);
  return found;
}

/**
 * Ours against the provider's client library in a bare loop: its throughput at its best, its processor time at our rate,
 * because a call costs up to twice as much where fewer are made at the same time.
 */
export function judge(comparison: Comparison): { ofLibrary: number; cpuAboveMs: number; isKept: boolean } {
  const ours = resultOf(comparison, 'ours');
  const ofLibrary = perSecond(ours) / perSecond(resultOf(comparison, 'library'));
  const cpuAboveMs = cpuEach(ours) - cpuEach(resultOf(comparison, 'library', true));
  return { ofLibrary, cpuAboveMs, isKept: ofLibrary >= targets.ofLibrary && cpuAboveMs <= targets.cpuAboveMs };
}

/** The table of one comparison. */
export function formatComparison(comparison: Comparison): string {
  const { channel, latencyMs, endpoints, results } = comparison;
  const [library, bareChannel] = [resultOf(comparison, 'library'), resultOf(comparison, 'channel')];
  const [pacedLibrary, pacedChannel] = [resultOf(comparison, 'library', true), resultOf(comparison, 'channel', true)];
  const line = (result: SideResult): string => {
    const { side, isPaced, concurrency, sends, peakMb, sinksCpuMs, tablesCpuMs } = result;
    const cells = [
      `  ${side}${isPaced ? ', our pace' : ''}`.padEnd(21),
      `${concurrency} ${isBare(result) ? 'calls' : 'workers'}`.padStart(12),
      perSecond(result).toFixed(0).padStart(10),
      (perSecond(result) / perSecond(library)).toFixed(2).padStart(12),
      (perSecond(result) / perSecond(bareChannel)).toFixed(2).padStart(12),
      cpuEach(result).toFixed(3).padStart(13),
      (cpuEach(result) - cpuEach(pacedLibrary)).toFixed(3).padStart(15),
      (cpuEach(result) - cpuEach(pacedChannel)).toFixed(3).padStart(15),
      (sinksCpuMs / sends).toFixed(3).padStart(11),
      (tablesCpuMs / sends).toFixed(3).padStart(12),
      peakMb.toFixed(0).padStart(9),
    ];
    return cells.join('');
  };
  const { ofLibrary, cpuAboveMs } = judge(comparison);
  const missed = [
    ...(ofLibrary < targets.ofLibrary
      ? [`MISSED: ${ofLibrary.toFixed(2)} of the library's throughput, ${targets.ofLibrary} wanted`]
      : []),
    ...(cpuAboveMs > targets.cpuAboveMs
      ? [`MISSED: ${cpuAboveMs.toFixed(3)} ms above the library at our pace, ${targets.cpuAboveMs} wanted`]
      : []),
  ];
  return [
    `${channel}, ${endpoints.toLocaleString('en')} endpoints, sinks answer after ${latencyMs} ms`,
    '                      at one time  a second  of library  of channel  CPU ms each  above library  above channel  sinks CPU  tables CPU  peak MB',
    ...results.map(line),
    ...missed.map((text) => `  ${text}`),
  ].join('\n');
}
