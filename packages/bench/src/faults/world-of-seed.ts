import { drawScenario, type Fault, faultsOf, type Scenario } from '@quakewire/simulation/world';
import type { SeededRandom } from '@quakewire/testing';

/** Kinds of trouble, each alone and all together. */
export const troubles = ['none', 'crash', 'pause', 'lost record', 'second earthquake', 'all'] as const;
export type Trouble = (typeof troubles)[number];

/** The simulation's worlds, as far as the earlier designs reach: one channel, one notification, useful until the end. */
export function scenarioOf(random: SeededRandom): Scenario {
  return {
    ...drawScenario(random),
    ...{ channels: ['sms'], type: 'notification', exercise: false, usefulMs: 600_000, refusals: 0 },
  };
}

/** The same for every design: it names provider calls, and calls of a process by their number. */
export function drawTrouble(random: SeededRandom, trouble: Trouble): Fault[] {
  const draws: Readonly<Record<Exclude<Trouble, 'none' | 'all'>, () => Fault[]>> = {
    crash: () => several(random, 3, () => ({ kind: 'crash', spot: spot(random), when: when(random) })),
    pause: () =>
      several(random, 3, () => ({
        ...{ kind: 'pause', spot: spot(random), when: when(random) },
        ...{ forMs: random.between(2_000, 40_000), clockStops: random.chance(0.5) },
      })),
    'lost record': () => several(random, 3, () => ({ kind: 'lost', record: random.between(0, 5) })),
    'second earthquake': () => [{ kind: 'several-runs', atMs: random.between(600, 6_000), type: 'notification' }],
  };
  if (trouble === 'none') return [];
  return trouble === 'all' ? Object.values(draws).flatMap((draw) => draw()) : draws[trouble]();
}

/** When each earthquake's alert is made, milliseconds since the beginning. */
export const alertTimes = (faults: readonly Fault[]): { earthquakeId: string; atMs: number }[] => [
  { earthquakeId: 'eq1', atMs: 500 },
  ...faultsOf(faults, 'several-runs').map(({ atMs }) => ({ earthquakeId: 'eq2', atMs })),
];

const when = (random: SeededRandom): 'before' | 'after' => (random.chance(0.5) ? 'before' : 'after');
const several = (random: SeededRandom, most: number, draw: () => Fault): Fault[] =>
  Array.from({ length: random.between(1, most) }, draw);
/** Half of them in mid-send, where most is at stake; the others at any await of a worker. */
const spot = (random: SeededRandom) =>
  random.chance(0.5)
    ? { role: 'consumer' as const, method: 'channel.deliver', nth: random.between(1, 250) }
    : { role: 'consumer' as const, process: random.between(0, 5), nth: random.between(1, 200) };
