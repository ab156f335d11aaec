import { setTimeout as delay } from 'node:timers/promises';
import { type Alert, channelNames, type RunStore } from '@quakewire/core';
import { waitUntil } from '@quakewire/demo';

type Runs = Pick<RunStore, 'listOpen' | 'readAlert' | 'read'>;

/** A leader that is killed before it dispatches is replaced within 10 s, and another dispatches again. */
const decisionDeadlineMs = 60_000;
const pollMs = 250;

/** The alert of an earthquake that none of the runs before was about. */
export function waitForAlert(runs: Runs, earlierEarthquakes: ReadonlySet<string>): Promise<Alert> {
  return waitUntil('the alert is decided', decisionDeadlineMs, async () => {
    const lists = await Promise.all(channelNames.map((channel) => runs.listOpen(channel)));
    const open = lists.flat().find(({ earthquakeId }) => !earlierEarthquakes.has(earthquakeId));
    return open && runs.readAlert(open.earthquakeId, open.seq);
  });
}

/** True when the runs of the alert and of its cancel are closed on every channel; false when the signal came first. */
export async function allClosed({ earthquakeId, seq }: Alert, runs: Runs, signal: AbortSignal): Promise<boolean> {
  const keys = channelNames.flatMap((channel) =>
    [seq, seq + 1].map((number) => ({ earthquakeId, seq: number, channel })),
  );
  while (!signal.aborted) {
    const found = await Promise.all(keys.map((key) => runs.read(key)));
    if (found.every((run) => run?.state === 'closed')) return true;
    await delay(pollMs);
  }
  return false;
}
