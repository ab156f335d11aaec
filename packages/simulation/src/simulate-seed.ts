import { createSeededRandom } from '@quakewire/testing';
import { drawFaults } from './draw-faults.ts';
import type { Fault, FaultKind } from './faults.ts';
import { brokenInvariants } from './invariants/broken-invariants.ts';
import { drawScenario } from './scenario.ts';
import { createWorld } from './world/world.ts';

export interface SimulateOptions {
  /** Faults of this kind only. */
  only?: FaultKind | undefined;
  /** Instead of the seed's own faults. */
  faults?: readonly Fault[];
  trace?: (line: string) => void;
}

/** What came of one seed. */
export interface Simulated {
  seed: number;
  faults: readonly Fault[];
  /** Broken invariants, in words; empty when all hold. */
  broken: readonly string[];
  /** Virtual time until everything had ended. */
  lastedMs: number;
  steps: number;
}

/** Runs one world from its seed to its end and judges it. The same seed and faults: the same run, event by event. */
export async function simulateSeed(seed: number, options: SimulateOptions = {}): Promise<Simulated> {
  const random = createSeededRandom(seed);
  const scenario = drawScenario(random.fork('scenario'));
  const faults = options.faults ?? drawFaults(random.fork('faults'), scenario, options.only);
  const world = createWorld(scenario, faults, random, options.trace);
  const ending = await world.run();
  const broken = [...world.witness.broken, ...(await brokenInvariants(world, ending))];
  return { seed, faults, broken, lastedMs: Math.round(world.nowMs()), steps: world.steps() };
}
