import { setTimeout as delay } from 'node:timers/promises';
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
/** Longer than any take-over and the supervisor's longest wait together: after this nothing will move any more. */
const stillMs = 120_000;
/** Where there is no terminal to rewrite a line on, progress is a line now and then. */
const lineEveryMs = 5_000;

/** Follows the alert from the decision to the last closed run, showing what the providers have accepted so far. */
export async function watchAlert(stores: Stores, sinks: SinksClient, terminal: Terminal): Promise<WatchedAlert> {
  const open = await waitUntil('the alert is decided', decisionDeadlineMs, async () => {
    const lists = await Promise.all(channelNames.map((channel) => stores.runs.listOpen(channel)));
    return lists.flat()[0];
  });
  const { earthquakeId, seq } = open;
  const alert = await waitUntil('the alert item', 5_000, () => stores.runs.readAlert(earthquakeId, seq));
  terminal.line(`alert ${earthquakeId}/${seq}: ${alert.type}, within ${alert.areaRadiusKm} km`);
  const runs = await untilClosed(alert, stores, sinks, terminal);
  terminal.line('every run is closed');
  return { alert, runs };
}

async function untilClosed(alert: Alert, stores: Stores, sinks: SinksClient, terminal: Terminal): Promise<Run[]> {
  const { earthquakeId, seq } = alert;
  let accepted = -1;
  let movedAtMs = performance.now();
  let saidAtMs = movedAtMs;
  for (;;) {
    const found = await Promise.all(channelNames.map((channel) => stores.runs.read({ earthquakeId, seq, channel })));
    const runs = found.filter((run) => run !== undefined);
    if (runs.length === channelNames.length && runs.every((run) => run.state === 'closed')) return runs;
    const stats = await sinks.stats();
    const nowMs = performance.now();
    const total = channelNames.reduce((sum, name) => sum + stats[name].accepted, 0);
    if (total !== accepted) movedAtMs = nowMs;
    accepted = total;
    if (nowMs - movedAtMs > stillMs)
      throw new Error(`nothing moved for ${stillMs / 1000} s, with ${total} messages out`);
    const progress = channelNames.map((name) => `${name} ${stats[name].accepted}`).join('   ');
    terminal.live(`         ${progress}`);
    if (nowMs - saidAtMs > lineEveryMs) {
      terminal.line(`  accepted so far: ${progress}`);
      saidAtMs = nowMs;
    }
    await delay(250);
  }
}
