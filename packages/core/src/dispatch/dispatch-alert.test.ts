import {
  anAlert,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createStepClock,
} from '@quakewire/testing';
import type { Alert } from '../alert/alert.ts';
import { dispatchAlert } from './dispatch-alert.ts';

describe('dispatch alert', () => {
  it('begins to broadcast before it wakes anybody, and says whether the alert was known before', async () => {
    const happened: string[] = [];
    const runs = createInMemoryRunStore();
    const maps = createInMemorySegmentMapStore();
    const centre = anAlert().hypocentre;
    await maps.publish({
      ...{ channel: 'sms', version: 1 },
      segments: [
        { id: 0, centre, radiusKm: 1, pages: [{ range: { cell: 'a', from: '', to: '~' }, centre, endpoints: 1 }] },
      ],
    });
    const ports = {
      ...{ runs, maps, budgets: createInMemoryBudgetStore(runs), clock: createStepClock() },
      sizing: createInMemorySizingStore(aSizing({})),
      wakeUps: { livePartitions: async () => 1, publish: async () => void happened.push('woken') },
      broadcast: { start: ({ seq }: Alert, isNew: boolean) => void happened.push(`broadcast ${seq}, new: ${isNew}`) },
    };
    const request = { alert: anAlert(), channels: ['sms' as const], pinnedMaps: {} };
    await dispatchAlert(request, ports);
    await dispatchAlert(request, ports);
    expect(happened).toEqual(['broadcast 1, new: true', 'woken', 'broadcast 1, new: false', 'woken']);
  });
});
