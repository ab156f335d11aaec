import type { Alert, Archive, RunStore } from '@quakewire/core';
import type { InMemoryLedger } from './in-memory-ledger.ts';

/** Reads back what these stores hold. Alerts never expire here, so their `seq` have no gaps. */
export function createInMemoryArchive(runs: Pick<RunStore, 'readAlert'>, ledger: Pick<InMemoryLedger, 'all'>): Archive {
  return {
    async alertsOf(earthquakeId) {
      const alerts: Alert[] = [];
      for (;;) {
        const next = await runs.readAlert(earthquakeId, alerts.length + 1);
        if (!next) return alerts;
        alerts.push(next);
      }
    },
    async *pages(earthquakeId) {
      yield* ledger.all().filter(({ key }) => earthquakeId === undefined || key.earthquakeId === earthquakeId);
    },
  };
}
