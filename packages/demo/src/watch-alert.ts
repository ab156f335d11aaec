import { type Alert, channelNames, type Run } from '@quakewire/core';
import type { SinksClient } from './sinks-client.ts';
import type { Stores } from './stores.ts';
import type { Terminal } from './terminal.ts';
import { waitUntil } from './wait-until.ts';

/** The alert that the earthquake caused, with its runs closed. */
export interface WatchedAlert {
  alert: Alert;
  runs: Run[];
}

const decisionDeadlineMs = 30_000;
/** Every useful message is out or expired by then, and the supervisor has closed what is left. */
const closeDeadlineMs = 35 * 60_000;

/** Follows the alert from the decision to the last closed run, showing what the providers have accepted so far. */
export async function watchAlert(stores: Stores, sinks: SinksClient, terminal: Terminal): Promise<WatchedAlert> {
  const open = await waitUntil('the alert is decided', decisionDeadlineMs, async () => {
    const lists = await Promise.all(channelNames.map((channel) => stores.runs.listOpen(channel)));
    return lists.flat()[0];
  });
  const { earthquakeId, seq } = open;
  const alert = await waitUntil('the alert item', 5_000, () => stores.runs.readAlert(earthquakeId, seq));
  terminal.line(`alert ${earthquakeId}/${seq}: ${alert.type}, within ${alert.areaRadiusKm} km`);
  const runs = await waitUntil(
    'every run is closed',
    closeDeadlineMs,
    async () => {
      const stats = await sinks.stats();
      terminal.live(`         ${channelNames.map((name) => `${name} ${stats[name].accepted}`).join('   ')}`);
      const found = await Promise.all(channelNames.map((channel) => stores.runs.read({ earthquakeId, seq, channel })));
      const runs = found.filter((run) => run !== undefined);
      return runs.length === channelNames.length && runs.every((run) => run.state === 'closed') ? runs : undefined;
    },
    250,
  );
  terminal.line('every run is closed');
  return { alert, runs };
}
