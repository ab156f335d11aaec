import { setTimeout as delay } from 'node:timers/promises';
import type { Alert, DispatchPorts } from '@quakewire/core';
import { type Deployed, type Installation, originAgeMs, type Terminal } from '@quakewire/demo';
import { systemClock as clock } from '@quakewire/lambda-runtime';
import type { Policy } from '@quakewire/scaling';
import { createSeededRandom } from '@quakewire/testing';
import { cancelAlert } from './cancel-alert.ts';
import { drawSchedule } from './draw-schedule.ts';
import { gatherOutcome } from './gather-outcome.ts';
import type { RunOutcome } from './judge-run.ts';
import { playSchedule } from './play-schedule.ts';
import { sayProgress } from './say-progress.ts';
import { strike } from './strike.ts';
import { waitForProducers } from './wait-for-producers.ts';
import { allClosed, waitForAlert } from './watch-runs.ts';

/** Where earthquakes happen: a deployed quakewire, and what an operator's command needs. */
export interface Ground {
  installation: Installation;
  deployed: Deployed;
  policy: Policy;
  dispatchPorts: DispatchPorts;
  /** Earthquakes of the runs before. */
  earlierEarthquakes: Set<string>;
  terminal: Terminal;
}

/** A run that is still open so long after the last fault will not close any more. */
const givenUpAfterMs = 180_000;
/** A cancel meets the same broken parts as everything else: it is repeated until it is dispatched. */
const cancelAgainMs = 1_000;

/** One earthquake with the faults of a seed, from the feeds to the last closed run. */
export async function runEarthquake(seed: number, ground: Ground): Promise<RunOutcome> {
  const { deployed, terminal, earlierEarthquakes } = ground;
  const { stores, sinks, tables } = deployed;
  await waitForProducers(stores.client, tables.dispatch ?? '');
  await sinks.clear();
  const progress = sayProgress(sinks, terminal);
  try {
    ground.installation.feeds.publishEarthquake(originAgeMs);
    const deciding = waitForAlert(stores.runs, earlierEarthquakes);
    const playing = playSchedule(drawSchedule(seed), { strike: striker(seed, deciding, ground), say: terminal.line });
    const [alert, faults] = await Promise.all([deciding, playing]);
    earlierEarthquakes.add(alert.earthquakeId);
    terminal.line('  the last fault is over');
    const overAtMs = performance.now();
    const isClosed = await allClosed(alert, stores.runs, AbortSignal.timeout(givenUpAfterMs));
    const closedAfterMs = isClosed ? performance.now() - overAtMs : undefined;
    return { faults, closedAfterMs, ...(await gatherOutcome(alert, deployed)) };
  } finally {
    progress.stop();
  }
}

function striker(seed: number, deciding: Promise<Alert>, { installation, deployed, policy, dispatchPorts }: Ground) {
  const { next: draw } = createSeededRandom(seed).fork('victims');
  const { sinks, stores } = deployed;
  const ports = {
    stack: installation.stack,
    sinks,
    lease: stores.lease,
    policy,
    clock,
    draw,
    frozen: new Set<number>(),
  };
  const cancel = async (): Promise<void> => {
    const alert = await deciding;
    for (;;) {
      const failed = await cancelAlert(alert, dispatchPorts).catch((error: unknown) => error);
      if (!failed) return;
      await delay(cancelAgainMs);
    }
  };
  return (fault: Parameters<typeof strike>[0]) => strike(fault, { ...ports, cancelAlert: cancel });
}
