import type { ChannelName } from '@quakewire/core';
import { type Design, designs } from '../baselines/designs.ts';
import type { DispatchOptions } from './dispatch-options.ts';
import { openRound } from './dispatch-round.ts';
import { type Comparison, perSecond, type SideResult } from './format-dispatch.ts';
import { cpuMsOf } from './process-cpu.ts';
import { type ForkedSide, forkSide } from './sides/fork-side.ts';
import type { Job, SideName } from './sides/side.ts';
import type { Surroundings } from './start-surroundings.ts';

/** Everything that the sides of one channel need. */
export interface Bench extends Pick<Surroundings, 'sinks' | 'tables' | 'stores'> {
  channel: ChannelName;
  onProgress: (what: string) => void;
}

const bareSides = ['library', 'channel'] as const;
const everySide: readonly SideName[] = [...bareSides, 'ours', ...designs];
const concurrencies = [8, 16, 32, 64, 128, 256];
const probeSends = 2_000;
/** A doubling that reaches less than this share of the best so far ends the search: the rest is noise. */
const enough = 0.8;
/** A worker's own bound of calls. */
const callsPerWorker = 50;

/** Measures every side at every latency and number of endpoints, and hands over each comparison as it is there. */
export async function measureSides(
  bench: Bench,
  options: DispatchOptions,
  onComparison: (comparison: Comparison) => void,
): Promise<void> {
  const { channel, sinks, tables } = bench;
  const { endpoints, latenciesMs } = options;
  const reached = { channel, sinkUrl: sinks.urls[channel], tablesUrl: tables.url };
  const sides = new Map(everySide.map((side) => [side, forkSide({ ...reached, side })]));
  const sideOf = (name: SideName): ForkedSide => sides.get(name) as ForkedSide;
  try {
    for (const latencyMs of latenciesMs) {
      const best = new Map<SideName, number>();
      for (const name of bareSides) best.set(name, await bestConcurrency(bench, sideOf(name), latencyMs));
      const workers = Math.max(2, Math.ceil(Math.max(...best.values()) / callsPerWorker));
      const measure = (side: SideName, people: number, ratePerSecond?: number): Promise<SideResult> => {
        bench.onProgress(`${channel}, ${latencyMs} ms, ${people}: ${side}${ratePerSecond ? ', our pace' : ''}`);
        return measureRound(bench, sideOf(side), {
          ...{ side, endpoints: people, concurrency: best.get(side) ?? workers },
          ...{ latencyMs, ratePerSecond },
        });
      };
      const [fewest = 0] = endpoints;
      await measure('ours', fewest);
      for (const people of endpoints) {
        const rounds: SideResult[] = [];
        for (const side of orderOf(people === fewest ? options.rounds : 1)) rounds.push(await measure(side, people));
        const pace = medians(rounds).find(({ side }) => side === 'ours');
        for (const side of bareSides) rounds.push(await measure(side, people, pace && perSecond(pace)));
        // The earlier designs are far behind, and do not change with the number of people.
        if (people === fewest) for (const side of designs) rounds.push(await measure(side, people));
        const results = medians(rounds);
        onComparison({ channel, latencyMs, endpoints: people, results });
      }
    }
  } finally {
    for (const side of sides.values()) side.stop();
  }
}

/** The best of the doublings, until they no longer help. */
async function bestConcurrency({ sinks, onProgress }: Bench, side: ForkedSide, latencyMs: number): Promise<number> {
  await sinks.reset(latencyMs);
  await side.run({ sends: probeSends, concurrency: callsPerWorker });
  let best = { concurrency: 0, rate: 0 };
  for (const concurrency of concurrencies) {
    const rate = perSecond(await side.run({ sends: probeSends, concurrency }));
    onProgress(`${concurrency} calls at one time: ${rate.toFixed(0)} a second`);
    if (rate < enough * best.rate) break;
    if (rate > best.rate) best = { concurrency, rate };
  }
  return best.concurrency;
}

interface Round {
  side: SideName;
  endpoints: number;
  concurrency: number;
  latencyMs: number;
  /** Of a bare loop; left out: as fast as it goes. */
  ratePerSecond: number | undefined;
}

async function measureRound(
  { channel, sinks, tables, stores }: Bench,
  forked: ForkedSide,
  { side, endpoints, concurrency, latencyMs, ratePerSecond }: Round,
): Promise<SideResult> {
  await sinks.reset(latencyMs);
  const isBare = side === 'library' || side === 'channel';
  const round = isBare ? undefined : await openRound(side as 'ours' | Design, channel, concurrency, stores(endpoints));
  const job: Job = round ? { endpoints, wakeUps: round.wakeUps } : { sends: endpoints, concurrency, ratePerSecond };
  const [sinksBefore, tablesBefore] = [cpuMsOf(sinks.pid), cpuMsOf(tables.pid)];
  const measured = await forked.run(job);
  const [sinksCpuMs, tablesCpuMs] = [cpuMsOf(sinks.pid) - sinksBefore, cpuMsOf(tables.pid) - tablesBefore];
  const accepted = await sinks.accepted(channel);
  if (accepted !== endpoints) throw new Error(`${side}: the sink accepted ${accepted} of ${endpoints} messages`);
  await round?.close();
  return { ...measured, side, isPaced: ratePerSecond !== undefined, concurrency, sinksCpuMs, tablesCpuMs };
}

/** Ours and the bare loops by turns, each round beginning with another. */
function orderOf(rounds: number): SideName[] {
  const sides: readonly SideName[] = [...bareSides, 'ours'];
  const turns = Array.from({ length: rounds }, (_, turn) =>
    sides.map((_side, at) => sides[(at + turn) % sides.length]),
  );
  return turns.flat() as SideName[];
}

/** Of each side and pace the round whose throughput is in the middle, in the order in which they were first measured. */
function medians(rounds: readonly SideResult[]): SideResult[] {
  const nameOf = ({ side, isPaced }: SideResult): string => `${side} ${isPaced}`;
  return [...new Set(rounds.map(nameOf))].flatMap((name) => {
    const sorted = rounds.filter((round) => nameOf(round) === name).sort((a, b) => perSecond(a) - perSecond(b));
    return sorted[Math.floor(sorted.length / 2)] ?? [];
  });
}
