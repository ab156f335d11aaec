import { setTimeout as delay } from 'node:timers/promises';
import { type Alert, type ChannelName, concerns, dispatchAlert, readEvidence } from '@quakewire/core';
import { type Deployed, type PlainEndpoint, waitUntil } from '@quakewire/demo';
import { createBudgetStore, createSizingStore } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock, createLogger } from '@quakewire/lambda-runtime';
import type { Stack } from '@quakewire/local-stack';
import { judgeTold, type Told } from './judge-told.ts';
import { townPlace, townRadiusKm } from './towns.ts';

const channels: readonly ChannelName[] = ['webhook', 'telegram'];
const lifetimeMs = 600_000;
/** As long as it is of use: a page whose worker died in an apply is held and taken over, and this machine may be busy. */
const closedWithinMs = lifetimeMs;

/** Dispatches exercises as an operator's command would, each below another town. */
export interface Dispatcher {
  /** Makes an alert known and wakes its workers. */
  dispatch(): Promise<Alert>;
  /** Waits until the alert's runs are closed, and holds the ledger against the sinks. */
  judge(alert: Alert, inForce: readonly PlainEndpoint[]): Promise<Told>;
  close(): Promise<void>;
}

export function createDispatcher({ stores, sinks, tables }: Deployed, { kafka }: Stack): Dispatcher {
  const { bootstrapServers, producer } = kafka;
  const wakeUps = createKafkaWakeUpLog(
    { bootstrapServers, tls: false, ...producer },
    { threads: 1, clock, logger: createLogger('fatal', { function: 'rehearsal' }) },
  );
  const table = { client: stores.client, table: tables.dispatch ?? '', nowMs: clock.wallMs };
  const ports = {
    runs: stores.runs,
    maps: stores.maps,
    budgets: createBudgetStore(table),
    sizing: createSizingStore(table),
    wakeUps,
    clock,
  };
  let dispatched = 0;
  return {
    async dispatch() {
      const alert = exerciseBelow(dispatched++, clock.wallMs());
      await dispatchAlert({ alert, channels, pinnedMaps: {} }, ports);
      return alert;
    },
    async judge(alert, inForce) {
      const { earthquakeId, seq } = alert;
      await waitUntil(`the alert ${earthquakeId} is complete`, closedWithinMs, async () => {
        const runs = await Promise.all(channels.map((channel) => stores.runs.read({ earthquakeId, seq, channel })));
        return runs.every((run) => run?.state === 'closed') || undefined;
      });
      const evidence = await readEvidence({ earthquakeId, seq }, stores);
      const entries = evidence.flatMap(({ ledger }) => ledger.pages).flatMap((page) => page.entries);
      // The sinks write their log a little after they answer.
      await delay(100);
      const messages = await sinks.messages();
      return judgeTold(
        inForce.filter((endpoint) => concerns(endpoint, alert)),
        entries,
        messages,
      );
    },
    close: wakeUps.close,
  };
}

/** Strong and shallow: felt in the whole town and nowhere else. */
function exerciseBelow(number: number, nowMs: number): Alert {
  return {
    schema: 1,
    earthquakeId: `rehearsal-${nowMs}`,
    seq: 1,
    kind: 'alert',
    type: 'notification',
    exercise: true,
    hypocentre: { ...townPlace(number), originTimeMs: nowMs - 60_000, depthKm: 10 },
    magnitude: 6,
    region: 'Rehearsal',
    areaRadiusKm: townRadiusKm,
    policyVersion: 1,
    templateVersion: 1,
    receivedAtMs: nowMs,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + lifetimeMs,
  };
}
