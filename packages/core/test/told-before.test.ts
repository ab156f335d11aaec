import { originTimeMs } from '@quakewire/testing';
import { createDispatchWorld, type DispatchWorld, type WorldOptions } from './dispatch-world.ts';

const subscribedAtMs = originTimeMs + 60_000;
const quiet = { kind: 'update', magnitude: 6.3, previousMagnitude: 6.2 } as const;

/** An alert to every second endpoint, then an update, which concerns the others too. */
async function updated(options: WorldOptions = {}, update: Parameters<DispatchWorld['dispatch']>[0] = {}) {
  const endpoint = (number: number) => (number % 2 === 0 ? {} : { validFromMs: subscribedAtMs });
  const world = createDispatchWorld({ endpoint, segments: 2, ...options });
  await world.publishMap();
  await world.dispatch({ issuedAtMs: subscribedAtMs - 1 });
  await world.finish();
  const told = new Set(world.provider.accepted.map(({ address }) => address));
  const toldFirst = world.provider.accepted.length;
  await world.dispatch({ seq: 2, issuedAtMs: subscribedAtMs, ...quiet, ...update });
  await world.finish();
  const updates = world.provider.accepted.slice(toldFirst);
  return { told, updates };
}

test.each([
  ['on pages that are claimed once', {}, {}],
  ['on pages that were handed back', { invocationMs: 14_000, ratePerSecond: 3 }, {}],
  [
    'on pages that are sent again, because a worker died',
    { fault: (worker: number) => (worker === 2 ? { atCall: 60, when: 'after' as const } : undefined) },
    { type: 'earlyWarning', previousType: 'earlyWarning' } as const,
  ],
])('an update knows who was told before, %s', async (_how, options, update) => {
  const { told, updates } = await updated(options, update);
  expect(told.size).toBe(30);
  expect(new Set(updates.map(({ address }) => address)).size).toBe(60);
  for (const { address, isSilent } of updates)
    expect({ address, isSilent }).toEqual({ address, isSilent: told.has(address) });
});

test('an escalation is silent for nobody', async () => {
  const { updates } = await updated({}, { magnitude: 6.7 });
  expect(updates.filter(({ isSilent }) => isSilent)).toEqual([]);
});
