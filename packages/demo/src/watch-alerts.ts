import { setTimeout as delay } from 'node:timers/promises';
import { type Alert, channelNames, type Run } from '@quakewire/core';
import type { SinksClient } from './sinks-client.ts';
import type { Stores } from './stores.ts';
import type { Terminal } from './terminal.ts';
import { waitUntil } from './wait-until.ts';

/** An alert with its runs closed. */
export interface WatchedAlert {
  alert: Alert;
  runs: Run[];
}

const decisionDeadlineMs = 30_000;
/** Longer than any take-over and the supervisor's longest wait together: after this nothing will move any more. */
const stillMs = 120_000;
/** Where there is no terminal to rewrite a line on, progress is a line now and then. */
const lineEveryMs = 5_000;

/**
 * Follows the earthquake from its first decision to the last closed run of its last alert, showing what the providers
 * have accepted so far.
 * @param happening resolves when its last bulletin is out.
 */
export async function watchAlerts(
  happening: Promise<void>,
  stores: Stores,
  sinks: SinksClient,
  terminal: Terminal,
): Promise<WatchedAlert[]> {
  const [{ earthquakeId }] = await Promise.all([firstRun(stores), happening]);
  const { lastAlertSeq = 1 } = (await stores.earthquakes.read(earthquakeId)) ?? {};
  const watched: WatchedAlert[] = [];
  for (let seq = 1; seq <= lastAlertSeq; seq++) {
    const alert = await waitUntil('the alert item', 5_000, () => stores.runs.readAlert(earthquakeId, seq));
    const kind = alert.kind === 'cancel' ? 'cancel' : `${alert.kind}, ${alert.type}, within ${alert.areaRadiusKm} km`;
    terminal.line(`alert ${earthquakeId}/${seq}: ${kind}`);
    watched.push({ alert, runs: await untilClosed(alert, stores, sinks, terminal) });
  }
  terminal.line('every run is closed');
  return watched;
}

const firstRun = (stores: Stores) =>
  waitUntil('the alert is decided', decisionDeadlineMs, async () => {
    const lists = await Promise.all(channelNames.map((channel) => stores.runs.listOpen(channel)));
    return lists.flat()[0];
  });

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
