import type { DispatchPorts } from '@quakewire/core';
import type { Deployed } from '@quakewire/demo';
import { createBudgetStore, createSizingStore } from '@quakewire/dynamodb';
import { createKafkaWakeUpLog } from '@quakewire/kafka';
import { systemClock as clock, createLogger } from '@quakewire/lambda-runtime';
import type { Stack } from '@quakewire/local-stack';

/** What a command that dispatches an alert needs, on the local stack. */
export function createDispatchPorts(
  { stores, tables }: Deployed,
  { kafka }: Stack,
): { ports: DispatchPorts; close(): Promise<void> } {
  const { bootstrapServers, producer } = kafka;
  const wakeUps = createKafkaWakeUpLog(
    { bootstrapServers, tls: false, ...producer },
    { threads: 1, clock, logger: createLogger('fatal', { function: 'chaos' }) },
  );
  const dispatch = { client: stores.client, table: tables.dispatch ?? '', nowMs: clock.wallMs };
  const ports = {
    runs: stores.runs,
    maps: stores.maps,
    budgets: createBudgetStore(dispatch),
    sizing: createSizingStore(dispatch),
    wakeUps,
    clock,
  };
  return { ports, close: wakeUps.close };
}
