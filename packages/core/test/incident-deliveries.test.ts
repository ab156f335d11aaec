/** How providers lost messages without a word elsewhere, replayed: reconstructions, each with the guard that it needs. */
import { anEntry, aPageKey, aRowKey, type MessageMode } from '@quakewire/testing';
import { receivedEntry } from '../src/dispatch/receipts/receipt.ts';
import { createDispatchWorld, type WorldOptions } from './dispatch-world.ts';

async function closedWorld({ expiresInSeconds = 1_800, ...options }: WorldOptions & { expiresInSeconds?: number }) {
  const world = createDispatchWorld(options);
  await world.publishMap();
  await world.dispatch({ expiresAtMs: world.clock.wallMs() + expiresInSeconds * 1000 });
  await world.finish();
  return world;
}

describe('incidents, in how providers delivered', () => {
  it('Twilio 30001: a message that its queue dropped hours later was no delivery', () => {
    const accepted = anEntry(1, { outcome: 'accepted', messageId: 'm1', sentAtMs: 5 });
    const receipt = {
      page: aPageKey(),
      slot: 0,
      messageId: 'm1',
      status: 'undelivered',
      reason: 'twilio:30001',
    } as const;
    expect(receivedEntry(accepted, receipt, undefined)).toMatchObject({ outcome: 'rejected', reason: 'twilio:30001' });
    expect(receivedEntry(accepted, receipt, aRowKey(2))).toMatchObject({
      ...{ outcome: 'handedToBackup', reason: 'twilio:30001', handedTo: aRowKey(2) },
    });
  });

  it('Twilio 30036: no message may wait at a provider for longer than it is of use', async () => {
    const world = await closedWorld({ expiresInSeconds: 90, ratePerSecond: 30 });
    const validFor = world.provider.accepted.map(({ validForSeconds }) => validForSeconds);
    expect(validFor).toHaveLength(120);
    expect(Math.max(...validFor)).toBeLessThanOrEqual(90);
    // Those who were sent to later have less time.
    expect(Math.min(...validFor)).toBeLessThan(89);
    expect(Math.min(...validFor)).toBeGreaterThanOrEqual(1);
  });

  it('SES drops what exceeds its rate without a word: only a receipt makes an acceptance a delivery', async () => {
    const world = await closedWorld({});
    const entries = world.ledger.all().flatMap((page) => page.entries);
    expect(new Set(entries.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    const receipt = { page: aPageKey(), slot: 0, messageId: 'm1', status: 'delivered' } as const;
    expect(receivedEntry(anEntry(1, { outcome: 'accepted', messageId: 'm1' }), receipt, undefined).outcome).toBe(
      'delivered',
    );
  });

  it('Telegram 429 in mid-alert: nobody is lost, and everybody waits as it asks', async () => {
    const asked = new Map<string, number>();
    const modeFor = ({ address }: { address: string }): MessageMode => {
      asked.set(address, (asked.get(address) ?? 0) + 1);
      return asked.get(address) === 1 && Number.parseInt(address.slice(0, 12), 16) % 3 === 0
        ? 'throttling'
        : 'accepting';
    };
    const world = await closedWorld({ provider: { modeFor, retryAfterMs: 1_000 } });
    expect((await world.closedRun())?.counts).toMatchObject({ accepted: 120, failed: 0, unknown: 0 });
    expect(world.deadLetters).toEqual([]);
    expect(asked.size).toBe(120);
  });
});
