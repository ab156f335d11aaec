import type { Run } from '@quakewire/core';
import type { Fault, Scenario } from '@quakewire/simulation/world';
import { anAlert } from '@quakewire/testing';
import type { Design } from '../baselines/designs.ts';
import { openBaselineRun } from '../baselines/open-baseline-run.ts';
import { superviseBaseline } from '../baselines/supervise-baseline.ts';
import { createBaselineWorld } from './baseline-world.ts';
import { type Ended, toBeTold } from './ended.ts';
import { alertTimes } from './world-of-seed.ts';

/** Past this, a world that has not ended never will. */
const limits = { afterLastAlertMs: 300_000, steps: 2_000_000 };

/** An earlier design in one world of the simulation. */
export async function runBaseline(
  design: Design,
  scenario: Scenario,
  faults: readonly Fault[],
  seed: number,
): Promise<Ended> {
  const world = await createBaselineWorld(design, scenario, faults, seed);
  const { scheduler, stores, wakeUps, workers, supervisor, baseline } = world;
  const alerts = alertTimes(faults);
  const runs: Run[] = [];
  let closed = 0;
  let broken: { error: unknown } | undefined;

  async function makeAlert(earthquakeId: string): Promise<void> {
    const issuedAtMs = supervisor.clock.wallMs();
    const alert = anAlert({ earthquakeId, issuedAtMs, expiresAtMs: issuedAtMs + scenario.usefulMs });
    const run = await openBaselineRun(alert, 'sms', workers, { ...stores, wakeUps });
    runs.push(run);
    await superviseBaseline(baseline, run, workers, { runs: stores.runs, wakeUps, clock: supervisor.clock });
    closed++;
  }
  const onBreak = (error: unknown): void => {
    broken = { error };
  };
  for (const { earthquakeId, atMs } of alerts) scheduler.at(atMs, () => void makeAlert(earthquakeId).catch(onBreak));
  const lastAlertMs = Math.max(...alerts.map(({ atMs }) => atMs));
  const isOver = (): boolean => {
    if (broken) throw broken.error;
    return closed === alerts.length && world.isIdle();
  };
  const untilMs = lastAlertMs + limits.afterLastAlertMs;
  const ending = await scheduler.run(isOver, { untilMs, steps: limits.steps });

  const ids = await toBeTold(world.people.directory, scenario);
  const fates = await Promise.all(
    runs.map(async (run) => {
      const { entries } = await world.ended.readRecords(run);
      const outcomes = new Map(entries.map(({ endpointId, outcome }) => [endpointId, outcome]));
      return ids.map((id) => {
        const outcome = outcomes.get(id);
        const told = world.acceptances.get(`${run.earthquakeId}/${run.seq}/${run.channel}/${id}`) ?? 0;
        return { told, recorded: outcome === 'open' ? undefined : outcome, wasUnknown: false };
      });
    }),
  );
  return { fates: fates.flat(), lastedMs: ending === 'over' ? scheduler.nowMs() - lastAlertMs : undefined };
}
